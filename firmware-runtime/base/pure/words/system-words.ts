// What a text of the system or of a library means, in plain words: no such text stands in a sentence. It is kept in logs
// and in what a person copies for support.
import { t, type BilingualText } from './fault-text.ts'

/** By code or by the library's own words; the first that is found says what it means. */
const meanings: readonly (readonly [of: RegExp, BilingualText])[] = [
  [/\bENOENT\b/, t('没有这个文件或文件夹', 'there is no such file or folder')],
  [/\bE(?:ACCES|PERM)\b/, t('没有权限', 'access is not allowed')],
  [/\bE(?:EXIST|NOTEMPTY)\b/, t('已经有同名的文件', 'a file of this name exists already')],
  [/\bE(?:NOTDIR|ISDIR)\b/, t('要的是文件还是文件夹弄错了', 'a file was expected, or a folder')],
  [/\b(?:ENOSPC|EDQUOT|SQLITE_FULL)\b/, t('磁盘满了', 'the disk is full')],
  [
    /\bEFBIG\b/,
    t(
      '这个盘装不下这么大的文件(FAT32 一个文件不到 4 GB):换一个 exFAT 或 NTFS 的盘',
      'the disk takes no file of this size, as FAT32 takes none of 4 GB: use a disk with exFAT or NTFS',
    ),
  ],
  [/\bEROFS\b/, t('磁盘只读', 'the disk is read-only')],
  [
    /\b(?:EBUSY|ETXTBSY|SQLITE_(?:BUSY|LOCKED))\b/,
    t('正被别的程序使用', 'another program uses it'),
  ],
  [/\b(?:EMFILE|ENFILE)\b/, t('打开的文件太多', 'too many files are open')],
  [/\b(?:EIO|SQLITE_IOERR)/, t('读写出错', 'reading or writing failed')],
  [/\b(?:ENODEV|ENXIO)\b/, t('设备不在', 'the device is not there')],
  [/\bSQLITE_(?:CORRUPT|NOTADB)/, t('数据库损坏', 'the database is damaged')],
  [/\bSQLITE_/, t('数据库出错', 'the database reports an error')],
  [/\bEADDRINUSE\b/, t('端口被占用', 'the port is in use')],
  [/\bEADDRNOTAVAIL\b/, t('这台电脑没有这个地址', 'this computer has no such address')],
  [/\bECONNREFUSED\b/, t('连接被拒绝', 'connection refused')],
  [/\b(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)\b/, t('连接中断', 'connection cut')],
  [/\b(?:ETIMEDOUT|UND_ERR_\w*TIMEOUT)\b/, t('连接超时', 'connection timed out')],
  [/\bEHOSTUNREACH\b/, t('主机不可达', 'host not reachable')],
  [/\bENETUNREACH\b/, t('网络不可达', 'network not reachable')],
  [/\bENOTFOUND\b/, t('主机名解析不到', 'host name not found')],
  [/\bEAI_AGAIN\b/, t('域名服务没有应答', 'name service not answering')],
  [/\b(?:UND_ERR_|fetch failed|Failed to fetch)/, t('连接失败', 'the connection failed')],
  [
    /\b(?:CERT_|ERR_TLS|SELF_SIGNED_CERT|UNABLE_TO_\w+)|self-signed certificate/,
    t('对方的证书不受信任', 'the certificate of the other side is not trusted'),
  ],
  [/ in JSON\b|JSON input/, t('内容不完整或格式不对', 'the content is incomplete or malformed')],
]

/** Null: a text of our own, or one that is not known. */
export const systemReason = (text: string): BilingualText | null =>
  meanings.find(([of]) => of.test(text))?.[1] ?? null
