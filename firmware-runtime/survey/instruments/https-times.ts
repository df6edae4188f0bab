// Times a whole new HTTPS exchange: connection, TLS handshake and a HEAD request, up to its status line.
// A certificate fault is reported by name; it ends the timing only on request.
import { note, systemText, type DownText } from '#base/pure/words/notes.ts'
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { HttpsProbed, HttpsProbeRun } from '../ports/link-probes.ts'
import { restOf, steadyUs } from './steady-clock.ts'

/** A status line is shorter; more bytes are not a web server's answer. */
const answerCharsMax = 1_000
const statusShape = /^HTTP\/1\.[01] [1-5]\d\d[ \r]/

interface Exchanged {
  readonly ms: number | null
  readonly complaint: DownText | ''
  readonly certificate: string
}

/** OpenSSL's or Node's name of the fault; empty without one. */
function problemOf(socket: TLSSocket): string {
  const { authorizationError: error } = socket as { authorizationError?: unknown }
  if (error === undefined || error === null) return ''
  const code = error instanceof Error && 'code' in error ? error.code : error
  return String(code)
}

/** No SNI for a numeric address. */
const nameOf = ({ host }: HttpsProbeRun): { servername: string } | Record<string, never> =>
  isIP(host) === 0 ? { servername: host } : {}

/** No session ticket: each probe does the whole handshake. */
function exchangeOnce(run: HttpsProbeRun): Promise<Exchanged> {
  const { promise, resolve } = Promise.withResolvers<Exchanged>()
  const startUs = steadyUs()
  let [answer, certificate] = ['', '']
  const socket = connect({
    host: run.address,
    port: run.port,
    ...nameOf(run),
    // The chain is judged below and reported; the caller decides whether it ends the test.
    rejectUnauthorized: false,
    ...(run.ca === null ? {} : { ca: run.ca }),
    ...(run.card === null ? {} : { localAddress: run.card.address }),
  })
  const settle = (ms: number | null, complaint: DownText | ''): void => {
    clearTimeout(timer)
    socket.destroy()
    resolve({ ms, complaint, certificate })
  }
  const timer = setTimeout(() => settle(null, note('noAnswerIn', run.timeoutMs)), run.timeoutMs)
  socket.once('secureConnect', () => {
    certificate = problemOf(socket)
    if (certificate !== '' && run.strict) return settle(null, systemText(certificate))
    const host = run.host.includes(':') ? `[${run.host}]` : run.host
    socket.write(`HEAD / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  })
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    answer = (answer + chunk).slice(0, answerCharsMax)
    if (!answer.includes('\n') && answer.length < answerCharsMax) return
    const ms = Math.round(steadyUs() - startUs) / 1000
    if (statusShape.test(answer)) settle(ms, '')
    else settle(null, 'notHttp')
  })
  socket.once('end', () => settle(null, 'closedUnanswered'))
  // Stays for errors after the end.
  socket.on('error', (error: Error) => settle(null, systemText(error)))
  return promise
}

export async function httpsTimes(run: HttpsProbeRun, stop: AbortSignal): Promise<HttpsProbed> {
  const latenciesMs: (number | null)[] = []
  let complaint: DownText | '' = ''
  let certificate = ''
  for (let i = 0; i < run.count && !stop.aborted; i++) {
    const startUs = steadyUs()
    const one = await exchangeOnce(run)
    latenciesMs.push(one.ms)
    if (one.complaint !== '') complaint = one.complaint
    if (one.certificate !== '') certificate = one.certificate
    // Further probes would end the same way.
    if (run.strict && certificate !== '') break
    if (i < run.count - 1) await restOf(run.everyMs, startUs, stop)
  }
  return { latenciesMs, complaint, certificate, everyMs: run.everyMs }
}
