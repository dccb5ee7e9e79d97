/** The output of `--help`. */
export const HELP = `\
Store files on IPFS through the Numbers pin API, and prove the CIDs.

  numbers-pin FILE|URL|- …       pins each; - is standard input
  numbers-pin cid FILE|- …       prints the CIDs; sends nothing
  numbers-pin verify CID FILE|-  compares a file with a CID; sends nothing
  numbers-pin get CID            downloads what a CID names, if it is proven
  numbers-pin locate CID         asks the gateway: present, absent or unknown

A file that is named as a command needs its folder: ./get

to pin
  --token-file FILE   has the Capture Token; without it, the variable CAPTURE_TOKEN
  --log FILE          notes each order before it is made, and its receipt; what has
                      a receipt there is not ordered again; what may have been
                      ordered is, and is named; one call at a time has the file
  --no-pin            asks for the CID without pinning
  --endpoint URL      where the orders go, if not to the Numbers API
  --concurrency N     orders at a time, by default 4
to pin, cid
  --cid-version 0|1   by default 1
get
  -o, --output FILE   where to write, by default the CID; - is standard output
  --force             replaces a file that is there
get, locate
  --gateway URL       the gateway, if not that of Numbers
to pin, get, locate
  --timeout SECONDS   for each file, by default 300 (locate: 30); 0 for no limit
always
  --json              an object in JSON a line
  --quiet             results alone, without progress
  --help, --version

Results go to standard output as they come, all else to standard error. The exit
code is 0 if all went well (an unverified pin counts as well), 1 if something
failed, verify found another CID or locate none, 2 if the call is not as it must
be, 130 after Ctrl-C.`
