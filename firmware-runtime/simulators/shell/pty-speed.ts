// The speed that the other side has set on a pty, read with stty from the terminal.
// Both ends of a pty share one termios; only this shows whether the other side uses the right speed.
import { execFile } from 'node:child_process'

/** Null when it cannot be read any more: the terminal is gone. */
export const ptySpeed = (device: string): Promise<number | null> =>
  new Promise((done) => {
    execFile('stty', ['-F', device, 'speed'], { timeout: 2_000 }, (error, stdout) => {
      const speed = Number(stdout.trim())
      done(error === null && Number.isInteger(speed) && speed > 0 ? speed : null)
    })
  })
