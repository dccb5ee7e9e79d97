/** The endpoint and the gateway of the API page. */
export const ENDPOINT = 'https://eoqctv92ahgrcif.m.pipedream.net/'
export const GATEWAY = 'https://ipfs-pin.numbersprotocol.io'
