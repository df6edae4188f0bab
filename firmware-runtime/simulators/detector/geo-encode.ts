// Report formats of simulated magnetic sensors: the operator's push, and uplinks of a LoRaWAN network server. Written
// from the layouts only; no code here reads them back.

export interface GeoSaid {
  readonly deviceId: string
  readonly occupied: boolean
  readonly seq: number
  /** By the sensor's clock. */
  readonly atMs: number
  readonly kind: 'status' | 'heartbeat' | 'start'
}

export interface GeoMessage {
  readonly topic: string
  readonly text: string
}

export type GeoStyle = 'nb-iot' | 'bosch-pls'

function nbIot({ deviceId, occupied, seq, atMs }: GeoSaid): GeoMessage {
  const payload = {
    parking_state: occupied ? 1 : 0,
    mag_id: 127_763,
    Park_cnt: seq >> 1,
    Send_cnt: seq,
    battery_voltage: 3.65,
    Signal_Power: -90,
    X_value: occupied ? 667 : 733,
    Y_value: occupied ? -85 : -23,
    Z_value: occupied ? 274 : 419,
    X_base: 733,
    Y_base: -23,
    Z_base: 419,
    Alarm_info: 0,
    ptime: atMs,
  }
  const body = {
    deviceId,
    IMEI: '864000000000000',
    protocol: 'lwm2m',
    messageType: 'dataReport',
    timestamp: atMs + 1_000,
    payload,
  }
  return { topic: `nb/${deviceId}`, text: JSON.stringify(body) }
}

/** Payload by port: a state and the temperature, or 17 bytes at a start with the state in the last. */
function bosch({ deviceId, occupied, seq, atMs, kind }: GeoSaid): GeoMessage {
  const state = occupied ? 1 : 0
  const start = [...new Uint8Array(12), 1, 2, 3, 1, state]
  const data = kind === 'start' ? start : [state, 23]
  const body = {
    deduplicationId: '00000000-0000-4000-8000-000000000000',
    time: new Date(atMs).toISOString(),
    deviceInfo: { applicationId: 'parking', deviceName: deviceId, devEui: deviceId },
    fCnt: seq,
    fPort: kind === 'start' ? 3 : kind === 'heartbeat' ? 2 : 1,
    data: Buffer.from(data).toString('base64'),
    rxInfo: [
      { gatewayId: '0000000000000001', rssi: -118, snr: -4.5 },
      { gatewayId: '0000000000000002', rssi: -97, snr: 7.2 },
    ],
  }
  const topic = `application/parking/device/${deviceId}/event/up`
  return { topic, text: JSON.stringify(body) }
}

export const encodeGeo = (style: GeoStyle, said: GeoSaid): GeoMessage =>
  style === 'nb-iot' ? nbIot(said) : bosch(said)
