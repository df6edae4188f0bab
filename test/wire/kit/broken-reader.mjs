// Loaded before the program: its reader thread ends at each question (ETC_READER=ends), or never gets the question of
// that name, about which a line is printed (ETC_READER=<call>).
import { writeSync } from 'node:fs'
import { isMainThread, Worker } from 'node:worker_threads'

const how = process.env['ETC_READER'] ?? ''
const post = Worker.prototype.postMessage
const isReader = new WeakSet()

if (isMainThread)
  Worker.prototype.postMessage = function (message, ...rest) {
    const name = message?.ask?.do
    if (name === undefined) return post.call(this, message, ...rest)
    if (how === 'ends') {
      if (!isReader.has(this)) writeSync(1, `${JSON.stringify({ event: 'asked', name })}\n`)
      isReader.add(this)
      return void this.terminate()
    }
    if (name !== how) return post.call(this, message, ...rest)
    writeSync(1, `${JSON.stringify({ event: 'asked', name })}\n`)
  }
