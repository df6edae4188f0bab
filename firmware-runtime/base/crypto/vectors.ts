// Published test vectors of platform-access.md B.5, for the start-up self-test (rule 10).
// They come from GB/T 32918.5, GB/T 32905, GB/T 32907 and RFC 8998; the key pair is public.
import { bytesOfHex, hexOf } from '../pure/data/bytes.ts'
import { present } from '../pure/values/must.ts'

const hex = (text: string): Uint8Array => present(bytesOfHex(text), 'a vector is whole hex')
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export const sm2Example = {
  privateKey: hex('3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8'),
  publicKey: hex(
    '0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020' +
      'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
  ),
  message: utf8('message digest'),
  nonce: hex('59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21'),
  z: hex('B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3'),
  e: hex('F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640'),
  r: hex('F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3'),
  s: hex('B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA'),
} as const

export const sm2Cipher = {
  plain: utf8('encryption standard'),
  x: hex('04EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73'),
  y: hex('E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0'),
  c3: hex('59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766'),
  c2: hex('21886CA989CA9C7D58087307CA93092D651EFA'),
} as const

export const sm3Vectors = [
  ['', '1AB21D8355CFA17F8E61194831E81A8F22BEC8C728FEFB747ED035EB5082AA2B'],
  ['abc', '66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0'],
  ['abcd'.repeat(16), 'DEBE9FF92275B8A138604889C18E5A4D6FDB70E5387E5765293DCBA39C0C5732'],
] as const

/** RFC 8998 A.1. The text is eight bytes each of AA BB CC DD EE FF EE AA. */
export const gcmVector = {
  key: hex('0123456789ABCDEFFEDCBA9876543210'),
  nonce: hex('00001234567800000000ABCD'),
  aad: hex('FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2'),
  plain: hex(['AA', 'BB', 'CC', 'DD', 'EE', 'FF', 'EE', 'AA'].map((b) => b.repeat(8)).join('')),
  ciphertext: hex(
    '17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735' +
      'D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D',
  ),
  tag: hex('83DE3541E4C2B58177E065A9BF7B62EC'),
} as const

/** A.8: HMAC-SM3 of the example request, checked against OpenSSL. */
export const hmacVector = {
  key: utf8('etc-parking-demo-key'),
  data: utf8(
    'POST\n/v1/etc/exit-charges?dryRun=0\n1795156200\n593BEC0C930BF1AFEB40B4A08C8FB242\n' +
      '{"outTradeNo":"P450100001X012026112014300000001","fee":1500,"vehicleId":"桂A12345_0"}\n',
  ),
  digest: hex('8A8149ADA402B6BE1058FD9132B7C7AA136EEEACC8EDBCD8695C923D0CCBA4F1'),
} as const

/** True for the published key pair, which production refuses (design.md section 2). */
export const isPublishedTestKey = (publicKey: Uint8Array): boolean =>
  hexOf(publicKey) === hexOf(sm2Example.publicKey)
