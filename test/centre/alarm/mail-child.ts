// An SMTP server in a process of its own. Argument: JSON of its options; says its port, then each mail that it took.
import { SMTPServer } from 'smtp-server'

export interface MailChildOptions {
  readonly secure: boolean
  readonly key?: string
  readonly cert?: string
  /** Account that it asks for; absent: none. */
  readonly account?: { readonly user: string; readonly pass: string }
}

const { account, ...options } = JSON.parse(process.argv[2] ?? '{}') as MailChildOptions
const server = new SMTPServer({
  ...options,
  authOptional: account === undefined,
  ...(options.cert === undefined ? { disabledCommands: ['STARTTLS'] } : {}),
  allowInsecureAuth: true,
  onAuth({ username, password }, _, done) {
    if (username === account?.user && password === account?.pass) done(null, { user: username })
    else done(new Error('wrong account'))
  },
  onRcptTo({ address }, _, done) {
    if (address.startsWith('nobody@'))
      done(Object.assign(new Error('no such user'), { responseCode: 550 }))
    else done()
  },
  onData(stream, { secure, user }, done) {
    let text = ''
    stream.setEncoding('utf8')
    stream.on('data', (part: string) => {
      text += part
    })
    stream.on('end', () => {
      process.send?.({ text, secure, user })
      done()
    })
  },
})
server.on('error', () => undefined)
server.listen(0, '127.0.0.1', () => {
  const bound = server.server.address()
  process.send?.({ port: typeof bound === 'object' ? bound?.port : 0 })
})
