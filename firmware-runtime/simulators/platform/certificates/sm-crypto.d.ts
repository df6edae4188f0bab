// Types for the used parts of sm-crypto 0.5.8, which has no types.
// Byte arguments are number arrays or Uint8Array; keys and results are lower-case hex.
declare module 'sm-crypto' {
  interface Sm2Options {
    readonly der: boolean
    readonly hash: boolean
    readonly userId: string
    readonly publicKey?: string
  }
  interface Sm4Blocks {
    readonly padding: 'none'
    readonly output: 'array'
  }
  interface Sm4Cbc extends Sm4Blocks {
    readonly mode: 'cbc'
    readonly iv: readonly number[]
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
      /** Mode 1 is C1C3C2. */
      doEncrypt(message: readonly number[], publicKey: string, mode: 1): string
      /** Empty when C3 does not match. */
      doDecrypt(
        cipherHex: string,
        privateKey: string,
        mode: 1,
        options: { readonly output: 'array' },
      ): readonly number[]
    }
    readonly sm4: {
      encrypt(
        message: readonly number[],
        key: readonly number[],
        options: Sm4Blocks | Sm4Cbc,
      ): readonly number[]
      decrypt(
        message: readonly number[],
        key: readonly number[],
        options: Sm4Cbc,
      ): readonly number[]
    }
    sm3(data: readonly number[]): string
  }
  const smCrypto: SmCrypto
  export default smCrypto
}
