// The link doctor on hand-made links: every reason why a device is not understood, each with its own code.
// Virtual time; the test never waits.
import { describe, expect, it } from 'vitest'
import { checkLink } from '#devices/find/link-doctor.ts'
import { portViews } from '#devices/find/ports.ts'
import type { LinkReportView } from '#devices/calls/find-views.ts'
import { bytesOfHex } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { emptyFraming } from '#devices/pure/rsu/framing.ts'
import { requestCodes } from '#devices/pure/rsu/probe/ask.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'
import type { PortState } from '#devices/ports/find.ts'
import { FindBench, shippedPlan } from './bench.ts'

const { signal } = new AbortController()
const bcc = rsuVariant('generic-bcc')
const status = (hex: string): Uint8Array =>
  bcc.framing.encode(0x08, present(bytesOfHex(hex), 'hex'))
const fine = status('B0 00 02 370100000001 370100000002 00 08 000829 0200 0000000000')
const noPsam = status('B0 01 00 000000000000 000000000000 00 08 000829 0200 0000000000')

const doctor = (bench: FindBench, link: string): Promise<LinkReportView> =>
  bench.run(checkLink(bench.outside, link, { signal, wanted: null }))
const codes = ({ findings }: LinkReportView): string[] => findings.map(({ code }) => code)

/** Answers only the antenna switch, at its own baud rate. */
function answering(bench: FindBench, baud: number, answer: Uint8Array): void {
  bench.link = {
    sent: (bytes, say, url) => {
      const { frames } = bcc.framing.decode(emptyFraming, bytes)
      if (url.includes(`baud=${baud}&`) && frames.some(({ data }) => data[0] === 0x4c)) say(answer)
    },
  }
}

const taken = (name: string) =>
  ({
    is: 'absent',
    taken: { by: { pid: 7, name }, usb: { vendorId: '1a86', productId: '7523' } },
  }) as const

describe('a port that cannot be opened is not touched', () => {
  it.each([
    [{ is: 'absent', taken: null }, 'FIND-02', ''],
    [taken('brltty'), 'FIND-29', 'brltty (7) → sudo systemctl mask'],
    [taken('ModemManager'), 'FIND-29', 'ATTRS{idProduct}=="7523", ENV{ID_MM_DEVICE_IGNORE}'],
    [taken('qemu-system-x86'), 'FIND-03', 'qemu-system-x86 (7)'],
    [{ is: 'held', by: { pid: 7, name: 'ModemManager' } }, 'FIND-29', 'disable --now ModemManager'],
    [{ is: 'held', by: { pid: 7, name: 'constructor' } }, 'FIND-03', 'constructor (7)'],
    [{ is: 'forbidden' }, 'FIND-04', 'GROUP="dialout"'],
    [{ is: 'held', by: { pid: 7, name: 'minicom' } }, 'FIND-03', 'minicom (7)'],
    [{ is: 'held', by: null }, 'FIND-03', ''],
  ] as const)('%j', async (state, code, note) => {
    const bench = new FindBench()
    bench.state = state
    const report = await doctor(bench, 'serial:/dev/ttyUSB0')
    expect([report.ok, codes(report), bench.opened]).toEqual([false, [code], []])
    expect(report.findings[0]?.note).toContain(note)
  })
  it('is not held by a program that only looked at it', async () => {
    const bench = new FindBench()
    const held = (pid: number): PortState => ({ is: 'held', by: { pid, name: 'stty' } })
    bench.statesBefore.push(held(7))
    answering(bench, 115_200, fine)
    expect(codes(await doctor(bench, 'serial:/dev/ttyUSB0'))).toEqual([])
    bench.statesBefore.push(held(7), held(8))
    expect(codes(await doctor(bench, 'serial:/dev/ttyUSB0'))).toEqual([])
    bench.statesBefore.push(held(7), held(7))
    expect(codes(await doctor(bench, 'serial:/dev/ttyUSB0'))).toEqual(['FIND-03'])
  })
  it('that is locked names the running programs that may hold it', async () => {
    const bench = new FindBench()
    bench.link = { refuse: 'Error Resource temporarily unavailable Cannot lock port' }
    bench.takers = [{ pid: 640, name: 'ModemManager' }]
    const [{ code, note } = { code: '', note: '' }] = (await doctor(bench, 'serial:/dev/ttyUSB2'))
      .findings
    expect([code, note]).toEqual(['FIND-03', expect.stringContaining('ModemManager (640)? → sudo')])
  })
  it.each([
    ['Error Resource temporarily unavailable Cannot lock port', 'FIND-03'],
    ['Opening COM7: Access denied', 'FIND-03'],
    ['Opening COM7: File not found', 'FIND-02'],
    ['Error: Permission denied, cannot open /dev/ttyUSB0', 'FIND-04'],
    ['Error: Input/output error', 'FIND-23'],
  ])('what the system says is understood: %s', async (refuse, code) => {
    const bench = new FindBench()
    bench.link = { refuse }
    const report = await doctor(bench, 'serial:COM7')
    expect([codes(report), bench.opened.length]).toEqual([[code], 1])
  })
})

describe('on the wire', () => {
  it('a device that accepts and closes without a byte is told as such; a serial line is silent', async () => {
    const bench = new FindBench()
    bench.link = { shut: 'the other side closed the connection' }
    const report = await doctor(bench, 'tcp://127.0.0.1:4001')
    expect([report.ok, codes(report)]).toEqual([false, ['FIND-25']])
    expect(report.findings[0]?.note).toBe('the other side closed the connection')
    expect(codes(await doctor(bench, 'serial:/dev/ttyUSB0'))).toEqual(['FIND-07'])
    // A single byte gives another finding.
    bench.link = { ...bench.link, up: (say) => say(Uint8Array.of(1)) }
    expect(codes(await doctor(bench, 'tcp://127.0.0.1:4001'))).toEqual(['FIND-08'])
  })
  it('what answers and is no antenna is not called broken, nor is a board that takes the connection', async () => {
    const bench = new FindBench()
    const modbus = Uint8Array.from([0, 1, 0, 0, 0, 3, 1, 0x81, 1])
    for (const [link, code] of [
      [{ sent: (_bytes, say) => say(modbus) }, 'FIND-08'],
      [{ up: (say) => say(new TextEncoder().encode('HTTP/1.1 400\r\n')) }, 'FIND-08'],
      [{}, 'FIND-28'],
      [{ shut: 'the other side closed the connection' }, 'FIND-25'],
    ] as const satisfies readonly (readonly [FindBench['link'], string])[]) {
      bench.link = link
      const report = await doctor(bench, 'tcp://192.168.1.31:502')
      expect(report).toMatchObject({ ok: false, device: null })
      expect(report.findings.map((one) => [one.code, one.weight])).toContainEqual([code, 'warn'])
      expect(report.findings.filter(({ weight }) => weight === 'bad')).toEqual([])
    }
  })
  it('a silent line is asked at every speed, and once more with patience', async () => {
    const bench = new FindBench()
    const report = await doctor(bench, 'serial:/dev/ttyUSB0?baud=9600')
    expect(codes(report)).toEqual(['FIND-07'])
    expect(report.speeds.map(({ baud }) => baud)).toEqual([
      9600,
      ...shippedPlan.bauds.filter((baud) => baud !== 9600),
      9600,
    ])
    expect(bench.mono.us / 1e6).toBeGreaterThan(11)
  })
  it('every byte that is sent is a question: nothing that sets an antenna', async () => {
    const bench = new FindBench()
    await doctor(bench, 'serial:/dev/ttyUSB0')
    expect(bench.sent.length).toBe(rsuVariantIds.length * (shippedPlan.bauds.length + 1))
    for (const bytes of bench.sent) {
      const read = rsuVariantIds.flatMap((id) => {
        const { framing, engine } = rsuVariant(id)
        return framing
          .decode(emptyFraming, bytes)
          .frames.map(({ data }) => engine.decode(data).code)
      })
      expect(read).toHaveLength(1)
      expect(requestCodes).toContain(read[0])
    }
  })
  it('another speed answers: both are named', async () => {
    const bench = new FindBench()
    answering(bench, 9600, fine)
    const report = await doctor(bench, 'serial:/dev/ttyUSB0')
    expect(codes(report)).toEqual(['FIND-05'])
    expect(report.findings[0]?.value).toBe('115200 → 9600')
    expect(report.device?.link).toBe('serial:/dev/ttyUSB0?baud=9600&variant=generic-bcc')
  })
  it('a device that reports a fault is found, with a warning', async () => {
    const bench = new FindBench()
    answering(bench, 115_200, noPsam)
    const report = await doctor(bench, 'serial:/dev/ttyUSB0')
    expect(report.findings).toMatchObject([{ code: 'FIND-20', weight: 'warn', value: 'psamReset' }])
    expect(report.device?.identity).toMatchObject({ rsuId: '000829', status: 'psamReset' })
  })
  it('an adapter that echoes, and bytes of something else', async () => {
    const bench = new FindBench()
    bench.link = { sent: (bytes, say) => say(bytes) }
    expect(codes(await doctor(bench, 'serial:/dev/ttyUSB0'))).toEqual(['FIND-09'])
    bench.link = { up: (say) => say(Uint8Array.from([0x24, 0x47, 0x50, 0x52, 0x4d, 0x43])) }
    const report = await doctor(bench, 'serial:/dev/ttyUSB0')
    expect(codes(report)).toEqual(['FIND-08'])
    expect(report.findings[0]).toMatchObject({
      note: '6 bytes, 0 framed, 0 NUL: 244750524D43',
      why: { zh: '6 字节,成帧 0,NUL 0: 244750524D43' },
    })
  })
  it('cancelled in the middle it ends at once, and gives the link back', async () => {
    const bench = new FindBench()
    const stop = new AbortController()
    let claims = 0
    const claim = () => {
      claims++
      return () => void claims--
    }
    const work = checkLink(bench.outside, 'serial:/dev/x', {
      signal: stop.signal,
      wanted: null,
      claim,
      step: (done) => {
        expect(claims).toBe(1)
        if (done === 2) stop.abort()
      },
    })
    const report = await bench.run(work)
    expect([report.speeds.length, codes(report), claims]).toEqual([3, [], 0])
  })
})

describe('a socket', () => {
  it('in no network of this machine is warned of, unless it answers', async () => {
    const bench = new FindBench()
    bench.link = { refuse: 'no connection to 192.168.9.9:60001 in 3000 ms' }
    const far = await doctor(bench, 'tcp://192.168.9.9:60001')
    expect(codes(far)).toEqual(['FIND-11', 'FIND-13'])
    bench.cards = [{ name: 'eth0', address: '192.168.9.2', prefix: 24, loopback: false }]
    expect(codes(await doctor(bench, 'tcp://192.168.9.9:60001'))).toEqual(['FIND-13'])
    bench.cards = []
    bench.link = { up: (say) => say(fine) }
    const routed = await doctor(bench, 'tcp://192.168.9.9:60001')
    expect([routed.ok, codes(routed)]).toEqual([true, []])
  })
})

describe('the list of ports', () => {
  it('names chip, driver and the port of last time', async () => {
    const bench = new FindBench()
    const usb = { vendorId: '0403', productId: '6001', serialNumber: 'A1', manufacturer: 'FTDI' }
    bench.ports = [
      { path: '/dev/ttyUSB0', stablePath: '/dev/serial/by-id/usb-A1', usb },
      { path: '/dev/ttyS0', stablePath: null, usb: null },
    ]
    const ports = await portViews(bench.outside.machine, '/dev/serial/by-id/usb-A1')
    expect(ports).toMatchObject([
      { bridge: { chip: 'FTDI FT232/FT2232/FT4232' }, last: true, state: 'free', findings: [] },
      { bridge: null, last: false },
    ])
  })
})
