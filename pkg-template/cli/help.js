/** The output of `numbers-pin --help`. */
export const HELP = `\
Usage: numbers-pin FILE|URL|- ...      pin each; - is standard input
       numbers-pin move CID|FILE|- ... pin files that are on IPFS already
       numbers-pin cid FILE|- ...      print CIDs; sends nothing
       numbers-pin verify CID FILE|-   compare a file and a CID; sends nothing
       numbers-pin get CID             download and verify a CID
       numbers-pin locate CID          ask a gateway: present, absent or unknown
       numbers-pin doctor              check what works from here; pays nothing
       numbers-pin COMMAND --help      all options; COMMAND may also be pin
Pin, move:
  --token-file FILE   read the Capture Token from FILE, not from $CAPTURE_TOKEN
  --dry-run           order nothing: print what would happen and the price
  --max-price NUM     order nothing if all would cost more
  --log FILE          journal each order; skip what has a receipt in the journal
  --again             with --log: order again what may have been charged
  --concurrency N     files at a time, 1 to 1000 (default: 4)
  --endpoint URL      where to send orders (default: the Numbers API)
Others:
  --gateway URL       IPFS gateway (default: that of Numbers); repeatable
  --timeout SECONDS   per file, 0: none (default: 300, locate: 30, doctor: 10)
  --json, --quiet     print JSON lines, or only CIDs and errors
Exit codes: 0 success, 1 failure, 2 usage error, 130 Ctrl-C, 143 SIGTERM
Proxies: $HTTPS_PROXY, $HTTP_PROXY and $NO_PROXY are used
Example: CAPTURE_TOKEN=... numbers-pin --log pins.log photos/*.jpg`
