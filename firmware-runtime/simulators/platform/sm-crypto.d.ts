// Types of the parts of sm-crypto 0.5.8 used here: it ships none of its own.
// Byte arguments are plain number arrays or Uint8Array, keys and results are lower-case hex.
declare module 'sm-crypto' {
  interface Sm2Options {
    readonly der: boolean
    readonly hash: boolean
    readonly userId: string
    readonly publicKey?: string
  }
  interface SmCrypto {
    readonly sm2: {
      doSignature(message: Uint8Array, privateKey: string, options: Sm2Options): string
      doVerifySignature(
        message: Uint8Array,
        signature: string,
        publicKey: string,
        options: Sm2Options,
      ): boolean
      getPublicKeyFromPrivateKey(privateKey: string): string
    }
    sm3(data: readonly number[]): string
  }
  const smCrypto: SmCrypto
  export default smCrypto
}
