// What ping prints on Linux and Windows, in C and in Chinese, whole, cut off and refused.
// Windows text is given as the bytes of its code page, read as the adapter reads them.
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { parseUnixPing, parseWindowsPing } from '#survey/pure/figures/ping-text.ts'

const head = 'PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.\n'
const answer = (seq: number, ms: string): string =>
  `64 bytes from 192.0.2.1: icmp_seq=${seq} ttl=57 time=${ms} ms\n`
const sum = (sent: number, came: number): string =>
  `\n--- 192.0.2.1 ping statistics ---\n${sent} packets transmitted, ${came} received, 25% packet loss, time 603ms\nrtt min/avg/max/mdev = 1/2/3/4 ms\n`

describe('ping of Linux', () => {
  it.each([
    ['all answered', head + answer(1, '11.2') + answer(2, '1000') + sum(2, 2), [11.2, 1000]],
    ['one lost', head + answer(1, '11.2') + answer(3, '12') + sum(4, 2), [11.2, null, 12, null]],
    ['late and out of order', head + answer(2, '8') + answer(1, '220') + sum(2, 2), [220, 8]],
    ['none answered', head + sum(2, 0), [null, null]],
    [
      'an answer that came twice',
      `${head}${answer(1, '5')}64 bytes from 192.0.2.1: icmp_seq=1 ttl=57 time=9.1 ms (DUP!)\n${sum(1, 1)}`,
      [5],
    ],
    [
      'a router that says no',
      `${head}From 192.0.2.254 icmp_seq=1 Destination Host Unreachable\n${answer(2, '3')}${sum(2, 1)}`,
      [null, 3],
    ],
    ['stopped after two of four', head + answer(1, '5') + sum(2, 1), [5, null]],
    [
      'more than was asked for',
      head + answer(1, '5') + answer(9, '5') + sum(9, 2),
      [5, null, null, null],
    ],
    [
      'busybox, which counts from nothing',
      '64 bytes from 192.0.2.1: seq=0 ttl=64 time=0.080 ms\n\n2 packets transmitted, 1 packets received, 50% packet loss\n',
      [0.08, null],
    ],
  ])('%s', (_, text, latenciesMs) => {
    expect(parseUnixPing(text, 4)).toEqual({ latenciesMs, complaint: '' })
  })

  it.each([
    [
      'ping: nosuch.invalid: Name or service not known\n',
      'nosuch.invalid: Name or service not known',
    ],
    ['ping: socktype: SOCK_RAW\nping: socket: Operation not permitted\n', 'socktype: SOCK_RAW'],
    ['ping: connect: Network is unreachable\n', 'connect: Network is unreachable'],
    ['', 'pingSilent'],
    [head + answer(1, '5'), '64 bytes from 192.0.2.1: icmp_seq=1 ttl=57 time=5 ms'],
  ])('nothing sent: %j', (text, complaint) => {
    expect(parseUnixPing(text, 4)).toEqual({ latenciesMs: [], complaint })
  })
})

describe('ping of Windows', () => {
  const gbk = (text: string): string =>
    iconv.encode(text.replaceAll('\n', '\r\n'), 'gbk').toString('latin1')
  const zh = '\n正在 Ping 192.0.2.1 具有 32 字节的数据:\n'
  const zhSum =
    '\n192.0.2.1 的 Ping 统计信息:\n    数据包: 已发送 = 3，已接收 = 2，丢失 = 1 (33% 丢失)，\n往返行程的估计时间(以毫秒为单位):\n    最短 = 1ms，最长 = 12ms，平均 = 6ms\n'
  const came = (ms: string): string => `来自 192.0.2.1 的回复: 字节=32 时间${ms} TTL=57\n`

  it.each([
    ['Chinese', zh + came('=12ms') + '请求超时。\n' + came('<1ms') + zhSum, [12, null, 1]],
    [
      'unreachable',
      `${zh}来自 192.0.2.9 的回复: 无法访问目标主机。\n${came('=7ms')}${zhSum}`,
      [null, 7],
    ],
    ['transmit failed', `${zh}PING：传输失败。常见故障。\n${zhSum}`, [null]],
    ['IPv6 has no TTL', '\n正在 Ping ::1 具有 32 字节的数据:\n来自 ::1 的回复: 时间=3ms \n\n', [3]],
    [
      'English',
      '\nPinging 192.0.2.1 from 192.0.2.7 with 32 bytes of data:\nReply from 192.0.2.1: bytes=32 time=4ms TTL=128\nRequest timed out.\n\nPing statistics for 192.0.2.1:\n',
      [4, null],
    ],
    ['stopped in the middle of a line', zh + came('=12ms') + '来自 192.0.2.1 的回', [12]],
    ['more than was asked for', zh + came('=1ms').repeat(5) + zhSum, [1, 1, 1, 1]],
  ])('%s', (_, text, latenciesMs) => {
    expect(parseWindowsPing(gbk(text), 4)).toEqual({ latenciesMs, complaint: '' })
  })

  it.each([
    'Ping 请求找不到主机 nosuch。请检查该名称，然后重试。\n',
    '',
    '错误选项 -Q。\n\n用法: ping [-t]\n',
  ])('nothing sent: %j', (text) => {
    const { latenciesMs, complaint } = parseWindowsPing(gbk(text), 4)
    expect(latenciesMs).toEqual([])
    expect(complaint).not.toBe('')
  })
})

it('makes something of any text, and never more than was asked for', () => {
  let state = 1
  const random = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below
  const bits = [
    head,
    answer(1, '5'),
    answer(99_999, '1e9'),
    sum(3, 1),
    '=ms TTL=',
    '\r\n',
    '\u0000',
    '时间=',
    '9'.repeat(500),
    'data 32:',
    '2 packets transmitted, ',
  ]
  for (let i = 0; i < 5_000; i++) {
    const text = Array.from({ length: random(9) }, () => bits[random(bits.length)]).join('')
    for (const parse of [parseUnixPing, parseWindowsPing]) {
      const { latenciesMs } = parse(text, 4)
      expect(latenciesMs.length).toBeLessThanOrEqual(4)
      for (const ms of latenciesMs) expect(ms === null || (ms >= 0 && ms < 1e8)).toBe(true)
    }
  }
})
