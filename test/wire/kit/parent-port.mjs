// Loaded before the program: the parent port that Electron gives a utility process, over the IPC channel of Node. The first
// message of the test names the folder; every later one goes to the message port of the control API.
import { EventEmitter } from 'node:events'

const port = Object.assign(new EventEmitter(), {
  postMessage: (message) => process.connected && process.send(message),
  start: () => undefined,
  close: () => undefined,
})
const parent = Object.assign(new EventEmitter(), { postMessage: () => undefined })
let isHosted = false
process.on('message', (data) => {
  if (isHosted) port.emit('message', { data })
  else parent.emit('message', { data, ports: [port] })
  isHosted = true
})
process.on('disconnect', () => port.emit('close'))
process.parentPort = parent
