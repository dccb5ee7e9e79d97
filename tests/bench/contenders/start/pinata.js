import { PinataSDK } from 'pinata'

/** What every call is a method of. */
export const ready = () => typeof new PinataSDK({ pinataJwt: 'bench' }).upload.public.file
