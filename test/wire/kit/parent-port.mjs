// Loaded before the program: the parent port that Electron gives a utility process, over the IPC channel of Node. The first
// message of the test names the folder; every later one goes to the message port of the control API. Both keep what comes
// before somebody listens, as those of Electron do.
import { EventEmitter } from 'node:events'

/** Emits `message` to its listeners, from the first one on. */
class Kept extends EventEmitter {
  waiting = []
  take(event) {
    if (this.listenerCount('message') > 0) this.emit('message', event)
    else this.waiting.push(event)
  }
  constructor() {
    super()
    this.on('newListener', (name) => {
      if (name !== 'message') return
      const waiting = this.waiting.splice(0)
      setImmediate(() => waiting.forEach((event) => this.take(event)))
    })
  }
}
const port = Object.assign(new Kept(), {
  postMessage: (message) => process.connected && process.send(message),
  start: () => undefined,
  close: () => undefined,
})
const parent = Object.assign(new Kept(), { postMessage: () => undefined })
let isNamed = false
process.on('message', (data) => {
  if (isNamed) port.take({ data })
  else parent.take({ data, ports: [port] })
  isNamed = true
})
process.on('disconnect', () => port.emit('close'))
process.parentPort = parent
