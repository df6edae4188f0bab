// A port that is typed into a form and used much later: below the range of automatic ports,
// so that no other connection takes it meanwhile.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const [from, below] = [20_000, 32_000]

export const freePort = (): Promise<number> =>
  new Promise((done) => {
    const port = randomInt(from, below)
    const server = createServer()
    server.once('error', () => done(freePort()))
    server.listen(port, '127.0.0.1', () => server.close(() => done(port)))
  })
