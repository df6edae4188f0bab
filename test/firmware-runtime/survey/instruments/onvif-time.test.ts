// Reads the clock of an ONVIF camera without a user, from a device service in a separate process (Python's http.server).
// Its clock differs from this machine's and advances with the number of requests.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { httpDates, onvifTimeMs } from '#survey/instruments/http-dates.ts'

const firstSecondMs = Date.UTC(2031, 4, 6, 7, 8, 59)
/** Its second advances with every third request. It refuses every other kind of request. */
const camera = `
import sys, time, http.server
first = int(sys.argv[1]) // 1000
asked = 0
class Camera(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def log_message(self, *_): pass
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        if self.path != '/onvif/device_service' or '<GetSystemDateAndTime ' not in body:
            self.send_error(400)
            return
        global asked
        t = time.gmtime(first + asked // 3)
        asked += 1
        said = ('<?xml version="1.0"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" '
          'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"><env:Body>'
          '<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType>'
          '<tt:UTCDateTime><tt:Time><tt:Hour>%d</tt:Hour><tt:Minute>%d</tt:Minute><tt:Second>%d</tt:Second></tt:Time>'
          '<tt:Date><tt:Year>%d</tt:Year><tt:Month>%d</tt:Month><tt:Day>%d</tt:Day></tt:Date></tt:UTCDateTime>'
          '<tt:LocalDateTime><tt:Time><tt:Hour>1</tt:Hour><tt:Minute>2</tt:Minute><tt:Second>3</tt:Second></tt:Time>'
          '<tt:Date><tt:Year>1999</tt:Year><tt:Month>1</tt:Month><tt:Day>1</tt:Day></tt:Date></tt:LocalDateTime>'
          '</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse></env:Body></env:Envelope>'
          % (t.tm_hour, t.tm_min, t.tm_sec, t.tm_year, t.tm_mon, t.tm_mday)).encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(said)))
        self.end_headers()
        self.wfile.write(said)
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Camera)
print(server.server_port, flush=True)
server.serve_forever()
`

let child: ChildProcess | null = null
afterEach(() => {
  child?.kill()
})

async function cameraOn(): Promise<string> {
  const started = spawn('python3', ['-c', camera, String(firstSecondMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  const [line] = (await once(started.stdout, 'data')) as [Buffer]
  return `http://127.0.0.1:${line.toString().trim()}`
}

describe('an ONVIF camera', () => {
  it('tells its clock without a user, by the moment at which its second changes', async () => {
    const base = await cameraOn()
    const fromMs = Date.now()
    const { atMs, secondMs, errorMs } = await httpDates(`${base}/onvif/device_service`)
    const toMs = Date.now()
    // The first three requests get the same second; the fourth gets the next one, and no more are sent.
    expect(secondMs).toBe(firstSecondMs + 1_000)
    // The change lies between the third request and the answer to the fourth.
    expect(errorMs).toBeGreaterThan(40)
    expect(atMs - errorMs).toBeGreaterThan(fromMs + 150)
    expect(atMs + errorMs).toBeLessThanOrEqual(toMs)
  })
  it('that has another address says that it tells no time', async () => {
    const base = await cameraOn()
    await expect(httpDates(`${base}/onvif/other`)).rejects.toThrow('no UTCDateTime')
  })
  it('without UTCDateTime, or with half of it, has told no time', () => {
    expect(onvifTimeMs('<a/>')).toBeNaN()
    expect(onvifTimeMs('<UTCDateTime><Year>2026</Year></UTCDateTime>')).toBeNaN()
  })
})
