// Calls back on any key at the terminal, the end of the input, or a signal: whatever a person in a hurry does. Raw
// mode, so that no Enter is needed; Ctrl+C is then a key like any other.
import type { CliIo } from '#base/commands/command.ts'

export type Stopper = 'key' | 'eof' | 'signal'

/** Calls `stop` once, for the first of them; the returned function ends listening. */
export function onAnyKey(io: CliIo, stop: (by: Stopper) => void): () => void {
  const { stdin } = process
  let isStopped = false
  const tell = (by: Stopper): void => {
    if (!isStopped) stop(by)
    isStopped = true
  }
  const key = (): void => tell('key')
  const end = (): void => tell('eof')
  io.onStop(() => tell('signal'))
  process.once('SIGHUP', () => tell('signal'))
  if (stdin.isTTY) stdin.setRawMode(true)
  stdin.on('data', key)
  stdin.on('end', end)
  stdin.on('error', end)
  stdin.resume()
  return () => {
    isStopped = true
    stdin.off('data', key)
    stdin.off('end', end)
    stdin.off('error', end)
    if (stdin.isTTY) stdin.setRawMode(false)
    stdin.pause()
  }
}
