// Words of a lot that joins its platform: its own certificate, the files that lie there, the channel file.
// They stand in the form of charging.
import { t } from '#base/pure/words/fault-text.ts'

export const joining = {
  files: {
    title: t('平台文件', 'Platform files'),
    client: t('本停车场的证书', 'Certificate of this car park'),
    key: t('本停车场的密钥', 'Key of this car park'),
    platform: t('平台的证书', 'Certificate of the platform'),
    ca: t('平台根证书', 'Root certificate of the platform'),
    is: {
      ok: t('可用', 'usable'),
      soon: t('快到期', 'expires soon'),
      bad: t('不可用', 'not usable'),
      absent: t('缺少', 'missing'),
    },
    until: t('{who},有效到 {at}', '{who}, until {at}'),
    nobody: t('没有写名称', 'no name given'),
    serial: t('证书号 {serial}', 'number {serial}'),
    put: t('请放到 {file}', 'Put it at {file}'),
    where: {
      client: t('上面的证书文件夹', 'the certificate folder above'),
      key: t('上面的证书文件夹', 'the certificate folder above'),
      platform: t('上面的证书文件夹', 'the certificate folder above'),
      ca: t('上面的根证书文件', 'the root certificate above'),
    },
  },
  joining: {
    is: {
      none: t(
        '还没有本停车场的证书:先生成证书申请,交给拓展平台',
        'No certificate for this car park yet: make a request first and give it to the platform',
      ),
      requested: t(
        '证书申请已生成,等平台签发证书',
        'The request is made; waiting for the platform to issue the certificate',
      ),
      certified: t(
        '有证书,还没有渠道号和平台地址',
        'Certificate present; channel number and platform address are missing',
      ),
      joined: t('证书已就位', 'The certificate is in place'),
      renewing: t(
        '换发申请已生成,等平台签发;在那之前用现在的证书',
        'Renewal requested, waiting for the platform; the present certificate is used until then',
      ),
      ending: t(
        '证书一个月内到期:现在申请换发',
        'The certificate expires within a month: request a renewal now',
      ),
      ended: t(
        '证书不在有效期内,与平台的往来已停:核对时钟,再申请换发',
        'The certificate is not valid now, and exchange with the platform has stopped: check the clock, then request a renewal',
      ),
    },
    until: t('证书号 {serial},有效到 {at}', 'Certificate {serial}, until {at}'),
    csr: t('生成证书申请', 'Make a request'),
    csrWhy: t(
      '密钥在这台电脑上生成,封存在这台电脑里,不离开它;交给平台的只是申请',
      'The key is made and sealed on this computer and never leaves it; the platform gets only the request',
    ),
    rotate: t('申请换发证书', 'Request a renewal'),
    rotateWhy: t(
      '新证书导入之前,现在的证书照常使用',
      'The present certificate stays in use until the new one is imported',
    ),
    key: t(
      '申请的密钥号 {key}(可在电话里与平台核对)',
      'Request key {key} (compare it with the platform by telephone)',
    ),
    to: t('申请存到', 'Save the request to'),
    save: t('存申请文件', 'Save the request'),
    saved: t('已存为 {file}', 'Saved as {file}'),
    anew: t('作废,重新生成', 'Void it and make another'),
    anewWhy: t(
      '原来的申请作废:平台按它签发的证书不能再用。',
      'The old request becomes void: a certificate issued for it cannot be used.',
    ),
    anewSure: t('作废并重新生成', 'Void and make another'),
    keep: t('不作废', 'Do not void'),
    from: t('平台给的证书', 'Certificate from platform'),
    fromWhy: t(
      '平台给的文件夹:本停车场的证书,还可以有 platform.pem、ca.pem、channel.json;只有一个证书文件就填它的路径',
      "The folder from the platform: this car park's certificate, and possibly platform.pem, ca.pem and channel.json. For a single certificate file, enter its path",
    ),
    take: t('导入', 'Import'),
    taken: t('已导入', 'Imported'),
  },
  onboarding: {
    title: t('接入流程(平台要求先联调时)', 'Joining (if the platform requires a joint test)'),
    why: t(
      '平台要求先申请、联调、再进入正式环境时,从这里开始;平台不要求就不用管。联调期间车道照原来的设置收费,不用联调的密钥。',
      'Start here if the platform requires an application and a joint test before production; otherwise ignore this. During the test the lanes charge with their present settings and never use the test keys.',
    ),
    through: t('已完成', 'done'),
    is: {
      open: t('未开始', 'not started'),
      waiting: t('等平台', 'waiting for the platform'),
      failed: t('不通过', 'failed'),
      done: t('完成', 'done'),
    },
    step: {
      apply: t('联调申请', 'Application'),
      review: t('平台审批', 'Review'),
      keys: t('联调密钥', 'Test keys'),
      debug: t('接口联调', 'Joint test'),
      release: t('联调报告', 'Report'),
      production: t('正式渠道', 'Production'),
    },
    contact: t('联系人和电话', 'Contact and telephone'),
    contactWhy: t(
      '写在申请里,平台有问题时找这个人',
      'Goes into the application: the person whom the platform asks',
    ),
    to: t('申请存到', 'Save the application to'),
    apply: {
      test: t('存联调申请', 'Save the application'),
      production: t('存正式环境申请', 'Save the application for production'),
    },
    saved: t('已存为 {file},交给平台', 'Saved as {file}: give it to the platform'),
    import: t(
      '平台的审批回执 (review.json) 和联调密钥,用上面“平台给的证书”一栏导入。',
      'Import the platform\'s reply (review.json) and the test keys under "Certificate from platform" above.',
    ),
    trace: t('审批记录', 'Review history'),
    use: { test: t('联调', 'test'), production: t('正式', 'production') },
    level: {
      submitted: t('已提交', 'submitted'),
      business: t('业务审批', 'business'),
      technical: t('技术审批', 'technical'),
    },
    debug: t('开始联调', 'Begin the joint test'),
    goOn: t('继续联调', 'Go on'),
    anew: t('从头再来', 'Start over'),
    stop: t('停止', 'Stop'),
    pdf: t('报告 (PDF)', 'Report (PDF)'),
    json: t('报告 (JSON)', 'Report (JSON)'),
    tried: {
      open: t('没有试', 'not tried'),
      failed: t('不通过', 'failed'),
      done: t('通过', 'passed'),
    },
    what: {
      right: t('正确请求', 'valid request'),
      repeat: t('同号重发', 'same number resent'),
      unknown: t('查不存在的编号', 'unknown number'),
      forged: t('签名不对(应被拒绝)', 'wrong signature (must be refused)'),
    },
    protocol: t('联调记录', 'Joint test record'),
  },
  access: {
    title: t('平台访问记录', 'Platform access log'),
    interface: t('接口', 'Interface'),
    account: t('渠道号', 'Channel number'),
    from: t('从', 'From'),
    to: t('到', 'to'),
    all: t('全部', 'all'),
    none: t('没有访问记录', 'No access records'),
    silent: t('没有应答', 'no answer'),
    more: t(
      '只显示最近 {n} 条,缩小范围可看更早的',
      'Newest {n} shown; narrow the search to see earlier ones',
    ),
  },
  channel: {
    file: t('渠道文件', 'Channel file'),
    who: t(
      '拓展平台给的渠道文件(例如 channel.json),里面有平台地址和渠道号。没有这个文件,就照开通函在下面填写',
      'From the expansion platform, for example channel.json, with the address and channel number. Without it, enter them below from the letter',
    ),
    look: t('看看会改什么', 'Show changes'),
    same: t(
      '渠道文件和现在填写的一样,没有要改的。',
      'The channel file matches the present entries.',
    ),
    diff: t('渠道文件会改动 {count} 处', 'The channel file changes {count} values'),
    take: t('照渠道文件填写', 'Use channel file'),
  },
}
