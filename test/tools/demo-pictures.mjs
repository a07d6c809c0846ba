// The demo's pictures, drawn: names as the chats of test/samples/demo attach them.

const frame = (content) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 720">${content}</svg>`;
const sky = (from, to) =>
  `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="960" height="720" fill="url(#sky)"/>`;
const cloud = (x, y, size) =>
  `<g fill="#fff" opacity=".85"><ellipse cx="${x}" cy="${y}" rx="${size * 1.7}" ry="${size * 0.5}"/><circle cx="${x - size * 0.6}" cy="${y - size * 0.25}" r="${size * 0.55}"/><circle cx="${x + size * 0.3}" cy="${y - size * 0.4}" r="${size * 0.75}"/></g>`;

const summit = frame(
  `${sky('#6fa8d6', '#f6e3c8')}<circle cx="760" cy="170" r="58" fill="#ffe9a8"/>${cloud(250, 170, 70)}${cloud(560, 240, 48)}
  <path d="M0 520 180 330l120 130 190-230 210 260 90-90 170 150v270H0z" fill="#7d9aa8"/>
  <path d="M0 600q140-90 300-40t320-20 340 30v150H0z" fill="#4f7a63"/><path d="M0 660q240-70 480-20t480-10v90H0z" fill="#35553f"/>
  ${cloud(420, 470, 90)}${cloud(800, 500, 70)}`,
);
const tea = frame(
  `${sky('#d9c9b0', '#b89f7c')}<rect y="470" width="960" height="250" fill="#7a5a3c"/><ellipse cx="480" cy="560" rx="270" ry="46" fill="#5d432b"/>
  <path d="M310 330h300v120a150 130 0 0 1-300 0z" fill="#f3efe6"/><path d="M610 360h40a60 60 0 0 1 0 120h-52" fill="none" stroke="#f3efe6" stroke-width="24"/>
  <ellipse cx="460" cy="332" rx="150" ry="34" fill="#8a4b1f"/><g fill="none" stroke="#fff" stroke-width="10" stroke-linecap="round" opacity=".7">
  <path d="M400 280q-30-50 0-100t0-90"/><path d="M470 270q30-50 0-100t0-90"/><path d="M540 280q-30-50 0-90t0-80"/></g>`,
);
const cat = frame(
  `${sky('#a9cfe0', '#dcebe6')}<rect y="380" width="960" height="340" fill="#6aa5ad"/><g stroke="#a7d0d2" stroke-width="6"><path d="M60 450h220M420 430h260M720 480h180M120 540h160"/></g>
  <path d="M0 600h960v120H0z" fill="#b7ab98"/><path d="M330 620q-20-190 110-220 30-70 60-10h60q40-60 60 20 40 60-10 110 60 50 30 100z" fill="#e8a25a"/>
  <path d="M640 610q120 10 130-80" fill="none" stroke="#e8a25a" stroke-width="30" stroke-linecap="round"/><circle cx="510" cy="440" r="9" fill="#2b2320"/><circle cx="570" cy="440" r="9" fill="#2b2320"/>
  <path d="M532 462l8 8 8-8zM400 470q40 40 10 110" fill="none" stroke="#b8722f" stroke-width="8"/>`,
);
const canal = frame(
  `${sky('#44546e', '#e6b48c')}<g fill="#8c4a3c"><rect x="60" y="180" width="170" height="330"/><rect x="700" y="150" width="200" height="360"/></g>
  <g fill="#b9694f"><rect x="230" y="130" width="180" height="380"/><rect x="410" y="210" width="150" height="300"/><rect x="560" y="170" width="140" height="340"/></g>
  <g fill="#ffe2a0">${[90, 160, 260, 340, 440, 500, 590, 650, 730, 810].map((x, index) => `<rect x="${x}" y="${240 + (index % 3) * 60}" width="34" height="46"/>`).join('')}</g>
  <rect y="510" width="960" height="210" fill="#33475a"/><g stroke="#e6b48c" stroke-width="5" opacity=".6"><path d="M100 560h180M360 590h240M660 555h200M220 650h300"/></g>
  <path d="M0 0h40v720H0zM920 0h40v720h-40zM0 0h960v30H0zM462 0h36v720h-36z" fill="#f4efe6"/>`,
);
const mug = frame(
  `${sky('#efe6d8', '#d8c6ad')}<rect y="520" width="960" height="200" fill="#a98a63"/><path d="M300 200h320v300q0 60-60 60H360q-60 0-60-60z" fill="#2f6f66"/>
  <path d="M620 260h50q70 0 70 80t-70 80h-50" fill="none" stroke="#2f6f66" stroke-width="34"/><ellipse cx="460" cy="202" rx="160" ry="30" fill="#1d4a44"/>
  <g font-family="Georgia, serif" font-size="44" fill="#f4efe6" text-anchor="middle"><text x="460" y="340">I have hidden</text><text x="460" y="400">the cart.</text></g>`,
);
const pork = frame(
  `${sky('#5a4636', '#2f241c')}<ellipse cx="480" cy="430" rx="370" ry="190" fill="#efeae0"/><ellipse cx="480" cy="415" rx="290" ry="140" fill="#c9b79c"/>
  <g>${[
    [360, 380],
    [470, 350],
    [580, 385],
    [410, 450],
    [530, 460],
  ]
    .map(
      ([x, y]) =>
        `<rect x="${x - 55}" y="${y - 38}" width="110" height="76" rx="18" fill="#8a2f1d"/><rect x="${x - 55}" y="${y - 38}" width="110" height="26" rx="13" fill="#e0a06a"/><rect x="${x - 55}" y="${y - 6}" width="110" height="14" fill="#d9825a"/>`,
    )
    .join('')}</g>
  <g fill="#5b9a4c">${[
    [380, 330],
    [520, 320],
    [470, 420],
    [610, 430],
    [340, 440],
  ]
    .map(([x, y]) => `<rect x="${x}" y="${y}" width="34" height="9" rx="4"/>`)
    .join('')}</g>`,
);

/** SVG by file name. */
export const pictures = {
  'IMG-20260221-WA0001.jpg': summit,
  'IMG-20260221-WA0002.jpg': tea,
  'IMG-20260307-WA0003.jpg': cat,
  'IMG-20260103-WA0001.jpg': canal,
  'IMG-20260305-WA0003.jpg': mug,
  'IMG-20260315-WA0001.jpg': pork,
};
