// The bot against telegram-test-api, a Bot API server that its authors did not write. See README.md.
"use strict";

const assert = require("assert");
const { spawn } = require("child_process");
const { mkdtempSync, rmSync } = require("fs");
const { tmpdir } = require("os");
const path = require("path");
const TelegramServer = require("telegram-test-api");

const PORT = Number(process.env.SMOKE_PORT || 9413);
const TOKEN = "666:AAFakeTokenForTheSmokeTest_0123456789";
const ROOT = path.join(__dirname, "..", "..");
const PATIENCE = 60_000;
const AGREED = /\/(setMy\w+|sendChatAction|deleteWebhook)(\?|$)/;

// What the server leaves out of the Bot API.
function complete(server) {
  const add = server.addBotMessage.bind(server);
  server.addBotMessage = (raw, token) => {
    const { link_preview_options, reply_parameters, parse_mode, message_thread_id, ...message } = add(raw, token);
    return { ...message, date: Math.floor(message.date / 1000), from: BOT };
  };
  const format = TelegramServer.formatUpdate;
  TelegramServer.formatUpdate = (update) => {
    const formatted = format(update);
    if (formatted.callback_query) formatted.callback_query.chat_instance = "1";
    return formatted;
  };
  const app = server.webServer;
  server.webServer = (request, response) => {
    const answer = (result) => {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ ok: true, result }));
    };
    if (request.url.includes("/getMe")) return answer(BOT);
    if (AGREED.test(request.url)) return answer(true);
    if (/\/bot[^/]+\/(edit|answer|delete)/.test(request.url)) {
      const end = response.end.bind(response);
      response.end = (body, ...more) => {
        response.removeHeader("Content-Length");
        return end(String(body).replace('"result":null', '"result":true'), ...more);
      };
    }
    if (/\/bot[^/]+\/getUpdates/.test(request.url)) return setTimeout(() => app(request, response), 50);
    return app(request, response);
  };
  server.webServer.settings = app.settings;
}

const BOT = {
  id: 666, is_bot: true, first_name: "Test", username: "TestNameBot",
  can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false,
};

async function until(found, what) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const result = await found();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function main() {
  const server = new TelegramServer({ port: PORT, host: "127.0.0.1" });
  complete(server);
  await server.start();
  const data = mkdtempSync(path.join(tmpdir(), "smoke-"));
  const bot = spawn(process.env.PYTHON || "python3", ["-m", "bot"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env, TELEGRAM_TOKEN: TOKEN, LEARNING_CITIES_DATA: data, LOG_LEVEL: "WARNING",
      TELEGRAM_API_BASE_URL: `http://127.0.0.1:${PORT}/bot`,
    },
  });
  const ended = new Promise((resolve) => bot.once("exit", (code) => resolve(code)));
  try {
    await conversation(server);
    bot.kill("SIGTERM");
    assert.strictEqual(await ended, 0, "the exit code");
    console.log("ok  stops in good order");
  } finally {
    bot.kill("SIGKILL");
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function conversation(server) {
  const thai = server.getClient(TOKEN, { userId: 12, chatId: 12, firstName: "นก", timeout: PATIENCE });
  const english = server.getClient(TOKEN, { userId: 11, chatId: 11, firstName: "Ann", timeout: PATIENCE });

  const said = () => server.storage.botMessages;
  async function ask(client, text) {
    const before = said().length;
    const make = text.startsWith("/") ? ["sendCommand", "makeCommand"] : ["sendMessage", "makeMessage"];
    await client[make[0]](client[make[1]](text));
    await until(() => said().length > before, `an answer to ${text}`);
    return said()[before];
  }
  async function press(client, answer, label) {
    const before = said().length;
    const button = answer.message.reply_markup.inline_keyboard.flat().find((one) => one.text === label);
    assert.ok(button, `a button ${label}`);
    const message = { message_id: answer.messageId, text: answer.message.text, date: 1 };
    await client.sendCallback(client.makeCallbackQuery(button.callback_data, { message }));
    return { before, message: answer };
  }
  function check(name, answer, ...parts) {
    for (const part of parts) assert.ok(answer.message.text.includes(part), `${name}: ${answer.message.text}`);
    console.log(`ok  ${name}`);
  }

  check("answers in Thai", await ask(thai, "เมืองไทยไหนเข้าร่วมปี 65 บ้างคะ"), "หาดใหญ่", "พะเยา", "สุโขทัย", "ที่มา");
  const list = await ask(english, "which Thai cities joined in 2022?");
  check("answers in English", list, "Hat Yai", "Phayao", "Sukhothai", "Source");
  check("follows a conversation", await ask(english, "and Viet Nam?"), "Cao Lãnh");
  check("greets", await ask(english, "/start"), "Welcome");
  check("opens a link", await ask(thai, "/start hat-yai"), "Hat Yai");
  const marked = await ask(english, "is <b>Atlantis</b> & co a member?");
  assert.ok(!/<b>|& /.test(marked.message.text), marked.message.text);
  check("takes markup for text", marked, "");

  const { before } = await press(english, list, "And in 2025?");
  await until(() => said().length > before, "what the button brings");
  check("answers a button", said()[before], "2025");

  const choice = await ask(english, "/language");
  await press(english, choice, "ไทย");
  await until(() => choice.message.text !== undefined && said().some((one) => /ภาษาไทย/.test(one.message.text)), "an edit");
  check("fixes a language", await ask(english, "is Hat Yai a member?"), "ใช่ หาดใหญ่");

  const long = await ask(english, "all cities since 2016");
  const first = long.message.text;
  await press(english, long, "2/2 ▶");
  await until(() => said().find((one) => one.messageId === long.messageId).message.text !== first, "the second page");
  console.log("ok  turns a page in place");
}

main().catch((error) => {
  console.error(`not ok  ${error.message}`);
  process.exit(1);
});
