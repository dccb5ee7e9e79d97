//! Store files on IPFS through the Numbers pin API.
