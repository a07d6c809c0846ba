// Expected values are read off the bodies written here.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { splitType } from '../../../src/importers/wechat/message-types';
import { readBody } from '../../../src/importers/wechat/read-body';
import { hasSharedSamples, sharedSamplePath } from '../samples';

const hash = '0123456789ABCDEF0123456789ABCDEF';
const md5 = hash.toLowerCase();
const app = (inner: string) =>
  `<?xml version="1.0"?>\n<msg><appmsg appid="" sdkver="0">${inner}</appmsg><appinfo><appname></appname></appinfo></msg>\0`;
const read = (base: number, content: string, sub = 0) => readBody({ base, sub }, content);

describe('numbers of types', () => {
  it.each([
    [1, { base: 1, sub: 0 }],
    [244813135921, { base: 49, sub: 57 }],
    [8589934592049, { base: 49, sub: 2000 }],
    [822083633, { base: 49, sub: 57 }],
    [436207665, { base: 49, sub: 2001 }],
    [1048625, { base: 47, sub: 0 }],
    [-1879048186, { base: 49, sub: 17 }],
    [0x51000031, { base: 49, sub: 0 }],
    [10002, { base: 10002, sub: 0 }],
    [Number.NaN, { base: -1, sub: 0 }],
  ])('%s', (type, split) => {
    expect(splitType(type)).toEqual(split);
  });
});

describe('files and media', () => {
  it('picture, voice, video and sticker', () => {
    expect(read(3, `<msg><img aeskey="k" length="2048" md5="${hash}"/></msg>`)).toEqual({
      kind: 'image',
      text: '',
      media: [{ kind: 'image', name: null, md5, sizeBytes: 2048 }],
      facts: { extra: { md5 } },
    });
    expect(read(34, '<msg><voicemsg voicelength="1500" voiceformat="4" transtext="hi"/></msg>')).toMatchObject({
      kind: 'voice',
      media: [{ kind: 'voice', durationMs: 1500 }],
      facts: { extra: { transcript: 'hi' } },
    });
    expect(read(43, `<msg><videomsg playlength="7" length="9" md5="${hash}" rawmd5="${hash}"/></msg>`)).toMatchObject({
      media: [{ kind: 'video', durationMs: 7000, sizeBytes: 9, md5 }],
      facts: { extra: { rawMd5: md5 } },
    });
    expect(read(47, `<msg><emoji md5="${hash}" len="12" width="240" height="120"></emoji></msg>`)).toMatchObject({
      kind: 'sticker',
      media: [{ kind: 'sticker', widthPx: 240, heightPx: 120, sizeBytes: 12 }],
    });
  });

  it('a file has its name, size and hash', () => {
    const body = app(`<title>计划.pdf</title><type>6</type><appattach><totallen>2048</totallen></appattach><md5>${hash}</md5>`);
    expect(read(49, body)).toMatchObject({ kind: 'file', text: '', media: [{ name: '计划.pdf', sizeBytes: 2048, md5 }] });
  });

  it('what only stands in place of a picture is no caption', () => {
    expect(read(3, '[图片]')).toMatchObject({ kind: 'image', text: '', media: [{ kind: 'image' }] });
  });
});

describe('cards', () => {
  it('place, card and call', () => {
    const place = '<msg><location x="30.25" y="120.16" label="西湖区" poiname="湖心亭"/></msg>';
    expect(read(48, place).facts).toEqual({ location: { latitude: 30.25, longitude: 120.16, name: '湖心亭', address: '西湖区' } });
    expect(read(48, '<msg><location x="930" y="a" poiname="湖心亭"/></msg>')).toMatchObject({
      kind: 'location',
      text: '湖心亭',
      facts: null,
    });
    expect(read(42, '<msg username="wxid_b" nickname="波" alias="bo"/>')).toMatchObject({
      kind: 'contact',
      facts: { contact: { name: '波' }, extra: { username: 'wxid_b', alias: 'bo' } },
    });
    const voip =
      '<voipmsg type="VoIPBubbleMsg"><VoIPBubbleMsg><msg><![CDATA[通话时长 01:02:03]]></msg><room_type>0</room_type></VoIPBubbleMsg></voipmsg>';
    expect(read(50, voip).facts?.call).toEqual({ durationMs: 3_723_000, outcome: 'answered', video: true });
  });

  it.each([
    ['通话时长 01:05', 65_000, 'answered'],
    ['对方已取消', null, 'missed'],
    ['已拒绝', null, 'declined'],
    ['忙线未接听', null, 'busy'],
    ['?', null, 'unknown'],
  ])('call: %s', (text, durationMs, outcome) => {
    expect(read(50, text).facts?.call).toEqual({ durationMs, outcome, video: false });
  });

  it('link, mini program, music and channel', () => {
    expect(read(49, app('<title>天气</title><des>晴</des><url>http://a.invalid/?a=1&b=2</url><type>5</type>'))).toMatchObject({
      kind: 'link',
      text: '天气\n晴\nhttp://a.invalid/?a=1&b=2',
    });
    const mini = app('<title>坐船</title><type>33</type><sourcedisplayname>船</sourcedisplayname>');
    expect(read(49, mini)).toMatchObject({ kind: 'link', text: '坐船', facts: { extra: { card: 'mini-program', app: '船' } } });
    const channel = app('<title>升级后可查看</title><type>51</type><finderFeed><nickname>安</nickname><desc>湖</desc></finderFeed>');
    expect(read(49, channel)).toMatchObject({ kind: 'link', text: '湖\n安', facts: { extra: { card: 'channel-video' } } });
  });

  it('transfer and red packet', () => {
    const pay = '<wcpayinfo><paysubtype>3</paysubtype><feedesc>￥20.00</feedesc><pay_memo>船票</pay_memo></wcpayinfo>';
    expect(read(49, app(`<title>微信转账</title><type>2000</type>${pay}`))).toEqual({
      kind: 'transfer',
      text: '￥20.00\n船票',
      media: [],
      facts: { extra: { card: 'transfer', amount: '￥20.00', memo: '船票', state: 'received' } },
    });
    const packet = app('<title>红包</title><type>2001</type><wcpayinfo><sendertitle>恭喜发财</sendertitle></wcpayinfo>');
    expect(read(49, packet)).toMatchObject({ kind: 'transfer', text: '恭喜发财', facts: { extra: { card: 'red-packet' } } });
  });
});

describe('quotes and forwards', () => {
  const refer = (type: number, content: string) =>
    app(
      `<title>同意</title><type>57</type><refermsg><type>${type}</type><svrid>9000000000000000001</svrid><fromusr>wxid_a</fromusr>` +
        `<displayname>安</displayname><content>${content}</content><createtime>1704067200</createtime></refermsg>`,
    );

  it('a quote answers a message by its id, with what it says', () => {
    expect(read(49, refer(1, '明天九点见'))).toEqual({
      kind: 'text',
      text: '同意',
      media: [],
      facts: {
        replyTo: { sourceId: '9000000000000000001', excerpt: '明天九点见' },
        extra: { quoted: { sender: '安', senderId: 'wxid_a', at: '1704067200' } },
      },
    });
  });

  it('what it quotes may be a picture, a file or a quote again', () => {
    const escape = (xml: string) => xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    expect(read(49, refer(3, escape('<msg><img md5=""/></msg>'))).facts).toMatchObject({ extra: { quoted: { kind: 'image' } } });
    expect(read(49, refer(49, escape(app('<title>a.pdf</title><type>6</type>')))).facts?.replyTo?.excerpt).toBe('a.pdf');
    expect(read(49, refer(49, escape(refer(49, escape(refer(1, 'deep')))))).facts?.replyTo?.excerpt).toBe('同意');
  });

  const item = (type: number, inner: string) =>
    `<dataitem datatype="${type}"><sourcename>安</sourcename><sourcetime>2024-01-01 08:00</sourcetime>${inner}</dataitem>`;
  const info = (items: string) => `<recordinfo><title>记录</title><datalist count="2">${items}</datalist></recordinfo>`;

  it('a forward holds messages, in CDATA or escaped, and forwards again', () => {
    const nested = item(17, `<datatitle>另一段</datatitle><recordxml>${info(item(1, '<datadesc>里面</datadesc>'))}</recordxml>`);
    const inner = info(
      item(1, '<datadesc>你好</datadesc>') + item(2, `<fullmd5>${hash}</fullmd5><datafmt>jpg</datafmt><datasize>77</datasize>`) + nested,
    );
    for (const held of [`<![CDATA[${inner}]]>`, inner.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), inner]) {
      const body = read(49, app(`<title>群聊的聊天记录</title><des>安: 你好</des><type>19</type><recorditem>${held}</recorditem>`));
      expect(body.text).toBe('群聊的聊天记录\n安: 你好\n安: [图片]\n安: 另一段\n  安: 里面');
      expect(body.facts?.extra?.['records']).toEqual([
        { from: '安', at: '2024-01-01 08:00', kind: 'text', text: '你好' },
        { from: '安', at: '2024-01-01 08:00', kind: 'image', md5, format: 'jpg', sizeBytes: 77 },
        {
          from: '安',
          at: '2024-01-01 08:00',
          kind: 'forwarded',
          text: '另一段',
          records: [{ from: '安', at: '2024-01-01 08:00', kind: 'text', text: '里面' }],
        },
      ]);
    }
  });

  it('forwards in forwards without end are followed a few levels', () => {
    let inner = '<datadesc>x</datadesc>';
    for (let level = 0; level < 14; level++) inner = `<recordxml>${info(item(17, inner))}</recordxml>`;
    const body = read(49, app(`<title>t</title><type>19</type><recorditem>${info(item(17, inner))}</recorditem>`));
    expect(body.text.split('\n')).toHaveLength(9);
  });
});

describe('lines of the app', () => {
  it('a recall', () => {
    const xml =
      '<sysmsg type="revokemsg"><revokemsg><newmsgid>77</newmsgid><replacemsg><![CDATA["安" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>';
    expect(read(10002, xml)).toEqual({
      kind: 'system',
      text: '"安" 撤回了一条消息',
      media: [],
      facts: { service: { action: 'recall' }, deleted: { by: 'unknown' }, extra: { recalledId: '77' } },
    });
  });

  it('tags of a notice are not shown', () => {
    const text = '<img src="a.png"/> 你领取了安的<_wc_custom_link_ color="#FD9931" href="weixin://x">红包</_wc_custom_link_>';
    expect(read(10000, text)).toMatchObject({ kind: 'system', text: '你领取了安的红包' });
  });

  it('names are filled into a template', () => {
    const member = (name: string) => `<member><username>u</username><nickname><![CDATA[${name}]]></nickname></member>`;
    const xml =
      '<sysmsg type="sysmsgtemplate"><sysmsgtemplate><content_template type="t"><plain></plain>' +
      '<template><![CDATA["$username$"邀请"$names$"加入了群聊 $other$]]></template><link_list>' +
      `<link name="username" type="link_profile"><memberlist>${member('安')}</memberlist></link>` +
      `<link name="names" type="link_profile"><memberlist>${member('波')}${member('丁')}</memberlist><separator><![CDATA[、]]></separator></link>` +
      '</link_list></content_template></sysmsgtemplate></sysmsg>';
    expect(read(10000, xml)).toMatchObject({
      text: '"安"邀请"波、丁"加入了群聊 $other$',
      facts: { service: { action: 'sysmsgtemplate' } },
    });
  });

  it('a pat names people where their names are known', () => {
    const xml = app(
      '<title>更新</title><type>62</type><patMsg><records><record><fromUser>wxid_a</fromUser><templete>${wxid_a} 拍了拍 ${wxid_b}</templete></record></records></patMsg>',
    );
    const body = readBody({ base: 49, sub: 0 }, xml, { nameOf: (id) => (id === 'wxid_a' ? '安' : null) });
    expect(body).toMatchObject({ kind: 'system', text: '安 拍了拍 wxid_b', facts: { service: { action: 'poke' } } });
  });

  it.runIf(hasSharedSamples)('a real pat with a broken tail is a pat, with its raw body beside it', () => {
    const xml = readFileSync(sharedSamplePath('china/oh-my-wechat/pat-message-update-required.xml'), 'utf8');
    const body = read(49, xml);
    expect(body).toMatchObject({ kind: 'system', text: 'user_2 tickled user_1', facts: { service: { action: 'poke' } } });
    expect(body.facts?.extra?.['raw']).toBe(xml);
  });
});

describe('what is not understood', () => {
  it('unknown types keep their content', () => {
    expect(read(12345, 'odd')).toEqual({ kind: 'unknown', text: 'odd', media: [], facts: { extra: { type: 12345, raw: 'odd' } } });
    const body = app('<title>新</title><type>4242</type>');
    expect(read(49, body)).toMatchObject({ kind: 'unknown', text: '新', facts: { extra: { appType: 4242, raw: body } } });
  });

  it('broken XML keeps kind, text and raw', () => {
    const cut = '<msg><appmsg><title>计划.pdf</title><type>6</type><appattach><totallen>20';
    expect(read(49, cut)).toMatchObject({ kind: 'file', media: [{ name: '计划.pdf' }], facts: { extra: { raw: cut } } });
    expect(read(3, '<msg><im')).toMatchObject({
      kind: 'image',
      text: '',
      media: [{ kind: 'image' }],
      facts: { extra: { raw: '<msg><im' } },
    });
    expect(read(49, '<nothing/>')).toMatchObject({ kind: 'unknown', text: '<nothing/>' });
  });

  it('a text is never read as XML', () => {
    expect(read(1, '<msg><img md5=""/></msg>')).toEqual({ kind: 'text', text: '<msg><img md5=""/></msg>', media: [], facts: null });
  });
});
