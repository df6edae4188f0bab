// A hostile platform in its own process: TLS and HTTP written by hand, answers signed by the OpenSSL command line. It
// shares only the certificate folder with the simulator. Lines on stdin set how the next requests are answered.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createServer } from 'node:tls'
import { gzipSync } from 'node:zlib'

const [dir, port, foreignDir, isWhole] = process.argv.slice(2)
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
let how = 'honest'

function openssl(words, input) {
  const run = spawnSync('openssl', words, { input })
  if (run.status !== 0) throw new Error(`openssl ${words[0]}: ${run.stderr}`)
  return run.stdout
}

/** Its signing pairs: the present and a former one of the lot's platform, and a stranger's. */
const pair = (folder, name) => ({
  key: join(folder, `${name}.key.pem`),
  serial: openssl(['x509', '-noout', '-serial', '-in', join(folder, `${name}.pem`)])
    .toString()
    .trim()
    .replace('serial=', ''),
})
const pairs = {
  own: pair(dir, 'platform'),
  former: pair(foreignDir, 'former'),
  foreign: pair(foreignDir, 'foreign'),
}

function seal(
  body,
  { by = pairs.own, atSec = Math.floor(Date.now() / 1000), as = by.serial } = {},
) {
  const nonce = 'HOSTILE0HOSTILE0HOSTILE0HOSTILE0'
  const text = Buffer.concat([Buffer.from(`${atSec}\n${nonce}\n`), body, Buffer.from('\n')])
  const sigopt = ['-sigopt', 'distid:1234567812345678']
  const signature = openssl(['dgst', '-sm3', '-sign', by.key, ...sigopt], text).toString('base64')
  return [
    `Etc-Timestamp: ${atSec}`,
    `Etc-Nonce: ${nonce}`,
    `Etc-Serial: ${as}`,
    `Etc-Signature: ${signature}`,
  ]
}

const head = (status, lines, length) =>
  Buffer.from(
    [`HTTP/1.1 ${status}`, 'Content-Type: application/json', 'Request-ID: hostile-1', ...lines]
      .concat(length === null ? [] : [`Content-Length: ${length}`])
      .concat('Connection: close', '', '')
      .join('\r\n'),
  )
const answer = (status, lines, body) => Buffer.concat([head(status, lines, body.length), body])

/** 100 MB in 100 KB. */
const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '))

const fees = new Map()
const now = () => new Date(Date.now() + 28_800_000).toISOString().replace('Z', '+08:00')
/** A success for the request, or for something else. */
function success({ data }, over = {}, code = {}) {
  const names = { code: 'SUCCESS', respCode: '100000', message: 'ok', status: 200, ...code }
  return Buffer.from(JSON.stringify({ ...names, timestamp: now(), data: { ...data, ...over } }))
}
const signed = (body, by) => answer('200 OK', seal(body, by), body)
const dayAhead = () => ({ atSec: Math.floor(Date.now() / 1000) + 86_400 })

/** Each of them would be a success if it were believed. */
const answers = {
  honest: (of) => signed(success(of)),
  processing: (of) => signed(success(of, { status: 'PROCESSING' })),
  unsigned: (of) => answer('200 OK', [], success(of)),
  badSignature(of) {
    const [other, said] = [success(of, { tradeNo: 'HOSTILE-2' }), success(of)]
    return answer('200 OK', seal(other), said)
  },
  otherRequest: (of) => signed(success(of, { [of.numberMember]: 'P000000000000OTHER' })),
  otherAmount: (of) => signed(success(of, { chargedFee: of.data.chargedFee + 1 })),
  otherDestination: (of) => signed(success(of), { by: pairs.foreign }),
  underOurSerial: (of) => signed(success(of), { by: pairs.foreign, as: pairs.own.serial }),
  expired: (of) => signed(success(of), { by: pairs.former }),
  unknownCode: (of) => signed(success(of, {}, { respCode: '987654' })),
  noCode: (of) => signed(success(of, {}, { respCode: 'OK!' })),
  unknownStatus: (of) => signed(success(of, { status: 'DONE' })),
  dayOff: (of) => signed(success(of), dayAhead()),
  huge: () => head('200 OK', [], 100 * 1024 * 1024),
  redirect(of) {
    const said = success(of)
    const location = `Location: https://127.0.0.1:${port}/elsewhere`
    return answer('302 Found', [location, ...seal(said)], said)
  },
  gzipBomb(of) {
    return answer('200 OK', ['Content-Encoding: gzip', ...seal(success(of))], bomb)
  },
  twoLengths(of) {
    const said = success(of)
    return Buffer.concat([head('200 OK', [...seal(said), 'Content-Length: 5'], 9), said])
  },
  cut(of) {
    const said = success(of)
    return Buffer.concat([head('200 OK', seal(said), said.length + 50), said])
  },
  noHttp: () => Buffer.from('+OK POP3 server ready\r\n'),
}

function charge(method, path, body) {
  const no = method === 'POST' ? /"outTradeNo":"([^"]+)"/.exec(body)?.[1] : path.split('/').at(-1)
  const fee = /"realFee":(\d+)/.exec(body)?.[1]
  if (method === 'POST' && fee !== undefined) fees.set(no, Number(fee))
  const data = { outTradeNo: no, tradeNo: 'HOSTILE-1', status: 'SUCCESS', openBarrier: true }
  const money = { chargedFee: fees.get(no) ?? 0, chargeTime: now() }
  return { numberMember: 'outTradeNo', data: { ...data, ...money } }
}

const query = (path, name) => new URLSearchParams(path.split('?')[1]).get(name) ?? undefined
/** Downloads that would put a stranger on duty, remove the caps, and open an invented dispute. */
const downloads = {
  '/v1/shifts'(path) {
    const date = query(path, 'date')
    const times = { onTime: `${date}T00:00:00.000+08:00`, offTime: `${date}T23:59:00.000+08:00` }
    return { date, version: 'H1', shifts: [{ shiftNo: 'H1', staffId: 'stranger', ...times }] }
  },
  '/v1/configuration': () => ({ version: 'H1', settings: { largeFee: 1, offlineFee: 9_999_900 } }),
  '/v1/feedback'() {
    const message = { seq: 1, feedbackNo: 'H1', type: 3, time: now(), fee: 300, text: 'hostile' }
    return { lastSeq: 1, messages: [message] }
  },
}
const recordNumbers = {
  '/v1/records/entries': 'entryNo',
  '/v1/records/exits': 'outTradeNo',
  '/v1/records/plates': 'plateRecNo',
}

/** A batch that confirms everything that was sent. */
function batch(body) {
  const { batchNo, count } = JSON.parse(body)
  return { numberMember: 'batchNo', data: { batchNo, count, missing: [] } }
}

/** A success for the requested interface; null: it has no such interface. */
function askedFor(method, path, body) {
  if (path.includes('exit-charges')) return charge(method, path, body)
  if (isWhole === undefined) return null
  const bare = path.split('?')[0]
  if (method === 'PUT' && bare.startsWith('/v1/batches/')) return batch(body)
  const download = method === 'GET' ? downloads[bare] : undefined
  if (download !== undefined)
    return { numberMember: 'parkId', data: { parkId: query(path, 'parkId'), ...download(path) } }
  const numberMember = method === 'POST' ? recordNumbers[bare] : undefined
  if (numberMember === undefined) return null
  return { numberMember, data: { [numberMember]: JSON.parse(body)[numberMember] } }
}

function listAnswer() {
  const at = new Date(Date.now() + 28_800_000 + 86_400_000).toISOString().replace('Z', '+08:00')
  const data = { version: '999999', full: true, items: [] }
  const body = {
    code: 'SUCCESS',
    respCode: '100000',
    message: 'ok',
    status: 200,
    timestamp: at,
    data,
  }
  return signed(Buffer.from(JSON.stringify(body)))
}

function billAnswer(path) {
  const [, date] = /date=(\d{4}-\d{2}-\d{2})/.exec(path) ?? []
  const [no, fen] = [...fees][0] ?? ['P1', 1]
  const row = { outTradeNo: no, tradeNo: 'T1', transTime: null, status: 'SUCCESS' }
  const rows = [{ ...row, fee: -fen, refundFee: 0, netFee: -fen }]
  const data = { date, count: 1, totalFee: -fen, rows }
  const at = new Date(Date.now() + 28_800_000).toISOString().replace('Z', '+08:00')
  const names = { code: 'SUCCESS', respCode: '100000', message: 'ok', status: 200, timestamp: at }
  return signed(Buffer.from(JSON.stringify({ ...names, data })))
}

function respond(socket, method, path, body) {
  say({ event: 'asked', method, path, how })
  if (path.includes('status-list')) return socket.end(listAnswer())
  if (path.includes('/bills/')) return socket.end(billAnswer(path))
  const of = askedFor(method, path, body)
  if (of === null) return socket.end(answer('503 Busy', [], Buffer.from('')))
  if (how !== 'huge') return socket.end((answers[how] ?? answers.honest)(of))
  socket.write(answers.huge())
  const flood = Buffer.alloc(1024 * 1024, '{')
  const more = () => {
    while (!socket.destroyed && socket.write(flood));
  }
  socket.on('drain', more)
  more()
}

createServer(
  { key: readFileSync(join(dir, 'tls.key.pem')), cert: readFileSync(join(dir, 'tls.pem')) },
  (socket) => {
    let got = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, chunk])
      const end = got.indexOf('\r\n\r\n')
      if (end < 0) return
      const text = got.subarray(0, end).toString('latin1')
      const length = Number(/^content-length: *(\d+)/im.exec(text)?.[1] ?? 0)
      if (got.length < end + 4 + length) return
      const [method, path] = text.split(' ')
      const body = got.subarray(end + 4, end + 4 + length).toString('utf8')
      got = Buffer.alloc(0)
      respond(socket, method, path, body)
    })
  },
).listen(Number(port), '127.0.0.1', () => say({ event: 'ready', names: Object.keys(answers) }))

createInterface({ input: process.stdin }).on('line', (text) => {
  how = text
  say({ event: 'how', how })
})
