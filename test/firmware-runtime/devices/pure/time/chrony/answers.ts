// An answer of chronyd 4.3 (Debian) to `tracking`, captured over UDP on 2026-11-22: it followed 127.0.0.1, stratum 2.
// `chronyc -c tracking` one second before: 0.000022616 s slow, root delay 0.000370660 s, dispersion 0.001092847 s.

export const trackedHex = [
  '0602000000210005000000000000000012345678000000000000000',
  '07f0000017f0000010000000000000000000000000001000000020000000000006b03632819004a51',
  'e8a0ce8de7202d58e6d0dd1e0b48b16d0939174f0ea17e09ecc25525f09237060481790a',
].join('')
/** The sequence number of the request. */
export const trackedSequence = 0x12345678
