/** The output of `numbers-pin --help`. */
export const HELP = `\
Usage: numbers-pin FILE|URL|- ...      pin each; - is standard input
       numbers-pin cid FILE|- ...      print CIDs; sends nothing
       numbers-pin verify CID FILE|-   compare a file with a CID; sends nothing
       numbers-pin get CID             download and verify a CID
       numbers-pin locate CID          ask a gateway: present, absent or unknown
       numbers-pin COMMAND --help      details; COMMAND may also be pin
Pin:
  --token-file FILE   read the Capture Token from FILE, not from $CAPTURE_TOKEN
  --log FILE          journal each order; skip what has a receipt in the journal
  --again             with --log: order again what may have been charged
  --no-pin            ask for the CID without pinning
  --endpoint URL      where to send orders (default: the Numbers API)
  --concurrency N     orders at a time, 1 to 1000 (default: 4)
  --cid-version 0|1   version of the CID, also for cid (default: 1)
Get, locate:
  -o, --output FILE   where get writes (default: the CID; - is standard output)
  --force             replace an existing output file
  --gateway URL       IPFS gateway, also for --log (default: that of Numbers)
  --timeout SECONDS   per file, also for pin; 0: none (default: 300, locate: 30)
All commands: --json, --quiet, --help, --version
Exit codes: 0 success, 1 failure, 2 usage error, 130 Ctrl-C, 143 SIGTERM
Example: CAPTURE_TOKEN=... numbers-pin --log pins.log photos/*.jpg`
