// The process whose disk is recorded while a lot is set up: acknowledges once the lot is made.
// Arguments: folder, acknowledgement file, how to end.
import { openSync, writeSync } from 'node:fs'
import { makeLot } from './setup-lot.ts'

const [dir = '', ack = '', end = 'close'] = process.argv.slice(2)
const ackFd = openSync(ack, 'a')
makeLot(dir)
writeSync(ackFd, '1\n')
if (end === 'kill') process.kill(process.pid, 'SIGKILL')
