// Loaded into a program before it begins: sends it the signal ETC_STOP_WITH in the moment in which it first uses the file
// whose path ends with ETC_STOP_AT; `umask`: in its first lines, when it has loaded nothing yet. Of the installed program, or
// of a slot where ETC_STOP_IN is `slot`.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import process from 'node:process'
import { isMainThread } from 'node:worker_threads'

const { ETC_STOP_AT: at, ETC_STOP_WITH: signal, ETC_STOP_IN: place, ETC_LANE_CHOSEN } = process.env
if (isMainThread && at !== undefined && (place === 'slot') === (ETC_LANE_CHOSEN !== undefined)) {
  let isSent = false
  const send = () => {
    if (!isSent) process.kill(process.pid, signal)
    isSent = true
  }
  const { umask } = process
  process.umask = (...mask) => {
    if (at === 'umask') send()
    return umask(...mask)
  }
  for (const name of ['openSync', 'readFileSync', 'writeFileSync', 'renameSync']) {
    const real = fs[name]
    fs[name] = (file, ...rest) => {
      if (String(file).endsWith(at)) send()
      return real(file, ...rest)
    }
  }
  syncBuiltinESMExports()
}
