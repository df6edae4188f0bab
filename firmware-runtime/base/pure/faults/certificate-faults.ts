// Faults of keys, of the certificates of a lot and its platform, and of the daily authorisation of a PSAM (P11): a grant
// that holds goes on to its end; behind it no card is debited in that lane. Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** What most faults of a class mean. */
const means = {
  PSAM: t(
    '原授权到期前照常卡扣;到期后本车道不做卡面扣款,在线扣款不受影响',
    'Cards are debited as usual until the earlier grant expires; after that this lane debits no cards, but online charges continue',
  ),
}

export const certificateFaults = faultRows(means, {
  'CRYPTO-01': {
    what: t('密码部件自检不通过', 'The cryptographic self-test failed'),
    means: t(
      '不与平台通信,车道降级运行',
      'Nothing is sent to the platform; the lanes run degraded',
    ),
    todo: t('重新安装软件,并联系支持人员', 'Reinstall the software and call support'),
  },
  'CRYPTO-02': {
    what: t('密钥不合格', 'A key is not acceptable'),
    means: t('该密钥没有被使用', 'The key is not used'),
    todo: t('重新生成或更换密钥文件', 'Generate the key again or replace its file'),
  },
  'CRYPTO-03': {
    what: t('密文打不开或已被改动', 'The encrypted text cannot be opened or was altered'),
    means: t('该内容没有被采用', 'Its content is not used'),
    todo: t('请对方重新发送', 'Ask the sender to send it again'),
  },
  'CERT-01': {
    what: t(
      '证书目录不完整或证书无效',
      'The certificate folder is incomplete or a certificate is not valid',
    ),
    means: t(
      '不能与平台通信,在线扣费不可用',
      'There is no connection to the platform; online charging is unavailable',
    ),
    todo: t(
      '放入 client.pem、client.key.pem 和 platform.pem',
      'Provide client.pem, client.key.pem and platform.pem',
    ),
  },
  'CERT-02': {
    what: t(
      '平台的应答用了不在有效期内的证书',
      'The platform answered with a certificate that is not within its validity period',
    ),
    means: t(
      '这样的应答不算数:没有据此扣款,有关订单按结果未知保留',
      'Such an answer does not count: no money was charged because of it, and the result of its order stays unknown',
    ),
    todo: t(
      '先核对本机时钟:证书有效期的起止和本机时间在说明里,证书可能没有过期,只是时钟不对;时钟无误就请平台换发证书',
      'Check the clock of this computer first: the note gives the validity dates and the time here, and only the clock may be wrong; if it is right, ask the platform for a new certificate',
    ),
  },
  'CERT-03': {
    what: t('证书一个月内到期', 'A certificate expires within a month'),
    means: t(
      '到期后与平台的往来全部停止,在线扣费不可用',
      'After it expires, all exchange with the platform stops and online charging is unavailable',
    ),
    todo: t(
      '现在就在“收费与平台”的证书一栏申请换发,新旧可以并存 7 天;导入后车道没有车时自动启用。手工换 client.pem 须重新启动本程序才生效,platform.pem 不必',
      'Request the next one now (certificates under "Charging and platform"); the old and the new one may be valid side by side for 7 days. An imported certificate is used as soon as no car is in a lane. A client.pem replaced by hand takes effect at the next start of the program, a platform.pem at once',
    ),
    command: 'platform rotate',
  },
  'CERT-04': {
    what: t('证书不在有效期内', 'A certificate is not within its validity period'),
    means: t(
      '平台不认这张证书,或者本机不认平台的应答;不会有钱按它移动',
      'The platform rejects this certificate, or its answers are rejected here; no money is charged because of it',
    ),
    todo: t(
      '先核对本机时钟:有效期起止和本机时间在说明里,可能只是时钟不对;时钟无误就换证书',
      'Check the clock of this computer first: the note gives the validity dates and the time here, and only the clock may be wrong; if it is right, replace the certificate',
    ),
  },
  'CERT-05': {
    what: t(
      '证书不是用本停车场的申请签发的',
      'The certificate was not issued for a request of this lot',
    ),
    means: t(
      '没有采用,什么也没有改;车道照原来的证书运行',
      'It is not used and nothing was changed; the lanes keep using their present certificate',
    ),
    todo: t(
      '把证书申请 (client.csr.pem) 交给平台,再导入按它签发的证书;换过申请的话,旧申请的证书不能再用',
      'Give the certificate request (client.csr.pem) to the platform and import the certificate issued for it; if you made a new request, a certificate for the old one can no longer be used',
    ),
  },
  'CERT-06': {
    what: t('证书的这一步现在不能做', 'This certificate step cannot be done now'),
    means: t('什么也没有改', 'Nothing was changed'),
    todo: t(
      '在“收费与平台”的证书一栏看现在到了哪一步',
      'See which step is next: the certificates under "Charging and platform" say it',
    ),
    command: 'platform join',
  },
  'CERT-07': {
    what: t(
      '平台不认本停车场的新证书',
      'The platform does not accept the new certificate of the lot',
    ),
    means: t(
      '暂时用回上一张证书签名,扣费和上传照常;每小时再试一次新证书',
      'The previous certificate is used for now, and charges and uploads continue; the new one is tried again every hour',
    ),
    todo: t(
      '请平台登记说明里的新证书;要赶在上一张到期之前',
      'Ask the platform to register the new certificate named in the note before the previous one expires',
    ),
  },
  'CERT-08': {
    what: t('平台的应答不可信', 'An answer of the platform cannot be trusted'),
    means: t(
      '没有据此扣款,道闸没有因此抬起;有关订单按结果未知保留,会再查询',
      'It charged no money and opened no barrier; the result of its order stays unknown and is queried again',
    ),
    todo: t(
      '把说明告诉平台,并检查网络里是否有人冒充平台',
      'Tell the platform what the note says, and check whether somebody in the network impersonates the platform',
    ),
  },
  'JOIN-01': {
    what: t(
      '正式渠道要先有通过的联调报告',
      'The production channel needs a joint test report that has passed',
    ),
    means: t(
      '没有采用,什么也没有改;车道照原来的设置运行',
      'It is not used and nothing was changed; the lanes keep their present settings',
    ),
    todo: t(
      '在“收费与平台”里把联调做完,平台出了报告再导入正式渠道;渠道文件里的报告编号要和本停车场的一样',
      'Finish the joint test under "Charging and platform", and import the production channel after the platform gives its report; the report number in the channel file must be that of this car park',
    ),
    command: 'platform debug',
  },
  'JOIN-02': {
    what: t('接入的这一步现在不能做', 'This step of joining the platform cannot be done now'),
    means: t('什么也没有改,什么也没有发送', 'Nothing was changed and nothing was sent'),
    todo: t(
      '在接入页补上还缺的一项;联调要先导入平台给的联调渠道',
      'Fill in what is missing on the page of joining; for a joint test, import the test channel of the platform first',
    ),
  },
  'PSAM-01': {
    what: t(
      '天线没有给出 PSAM 的随机数',
      'The antenna did not return the random number of its PSAM',
    ),
    todo: t('检查天线里的 PSAM 卡', 'Check the PSAM card in the antenna'),
  },
  'PSAM-02': {
    what: t('平台不授权这张 PSAM', 'The platform does not authorise this PSAM'),
    todo: t(
      '把 PSAM 编号告知平台,核对是否登记、锁定或列入名单',
      'Tell the platform the number of the PSAM and ask whether it is registered, locked or listed',
    ),
  },
  'PSAM-03': {
    what: t(
      'PSAM 不认平台的授权数据',
      'The PSAM does not accept the authorisation data of the platform',
    ),
    todo: t(
      '系统会再试;一直不行就更换 PSAM 或请平台核对密钥',
      'It is tried again; if it keeps failing, replace the PSAM or ask the platform to check its key',
    ),
  },
  'PSAM-04': {
    what: t('平台给的授权有效期已过', 'The authorisation from the platform has already expired'),
    todo: t('核对本机时钟和平台时钟', 'Check the clock of this computer and that of the platform'),
  },
  'PSAM-05': {
    what: t('平台不确认 PSAM 授权', 'The platform does not confirm the authorisation of the PSAM'),
    todo: t(
      '系统会重新授权;一直不行就联系平台',
      'The PSAM is authorised again; if it keeps failing, contact the platform',
    ),
  },
})
