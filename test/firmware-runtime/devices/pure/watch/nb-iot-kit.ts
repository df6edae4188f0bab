// A report of an NB-IoT sensor as its platform pushes it.
export const nbIotPayload = {
  parking_state: 1,
  Send_cnt: 400,
  battery_voltage: 3.65,
  Signal_Power: -90,
  ptime: 1_795_138_214_000,
}
export const nbIotReport = {
  deviceId: 'test-0001',
  messageType: 'dataReport',
  payload: nbIotPayload,
}
