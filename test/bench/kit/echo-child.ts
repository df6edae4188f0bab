// The far end of a bare pty: a separate process, like an RSU simulator, that sends back what it receives.
// Prints one line, its link; ends with its parent.
import { openPtyLink } from '#simulators/shell/link-pty.ts'

/** What it prints when it listens. */
export type EchoLine = `serial:${string}`

const [path = ''] = process.argv.slice(2)
process.stdin.on('end', () => process.exit(0)).resume()

const link = await openPtyLink(path, {
  up: () => undefined,
  bytes: (chunk) => link.send(chunk),
  down: () => undefined,
  failed: (error) => {
    throw error
  },
})
process.stdout.write(`${link.url as EchoLine}\n`)
