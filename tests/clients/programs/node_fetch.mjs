// What an LMS backend asks of the service, with Node's fetch.
const [url, place, firstId, cookie] = process.argv.slice(2);
const first = Number(firstId);

async function call(name, method, path, {body, headers = {}} = {}) {
    const streamed = body instanceof ReadableStream ? {duplex: "half"} : {};
    const answer = await fetch(url + path, {method, body, headers, ...streamed});
    const envelope = await answer.json();
    console.log(JSON.stringify({call: name, status: answer.status, envelope}));
}

function lecture(id, folder, [face, voice, text]) {
    return {
        id,
        face_path: `${folder}/${face}`,
        voice_path: `${folder}/${voice}`,
        lecture_text_path: `${folder}/${text}`,
        generated_dir_path: `${folder}/out`,
    };
}

function stream(text) {
    const parts = text.match(/.{1,100}/gsu).map((part) => new TextEncoder().encode(part));
    return new ReadableStream({
        pull(controller) {
            parts.length ? controller.enqueue(parts.shift()) : controller.close();
        },
    });
}

const headers = {"Content-Type": "application/json"};
const russian = ["лицо.jpg", "голос.wav", "текст.txt"];
const plain = lecture(first, place, ["face.jpg", "voice.wav", "lecture.txt"]);
const raw = JSON.stringify(lecture(String(first + 1), `${place}/Лекция №7`, russian));
const escaped = JSON.stringify(lecture(first + 2, `${place}/Лекция №7`, russian)).replace(
    /[^\0-\x7f]/g,
    (letter) => "\\u" + letter.charCodeAt(0).toString(16).padStart(4, "0"),
);
const posted = (value) => ({headers, body: JSON.stringify(value)});

await call("ping", "GET", "/ping");
await call("start", "POST", "/generate", posted(plain));
await call("again", "POST", "/generate/", posted(plain));
await call("former", "POST", "/generation/", {headers: {...headers, "Accept-Language": "ru"}, body: raw});
await call("chunked", "POST", "/generation", {headers, body: stream(escaped)});
await call("status", "GET", `/generate/status?id=${first}`);
await call("conflict", "POST", "/generate", posted({...plain, lecture_text_path: `${place}/other.txt`}));
await call("incomplete", "POST", "/generate", {
    headers: {...headers, "Accept-Language": "ru"},
    body: JSON.stringify({id: first + 3}),
});
await call("no_such_file", "POST", "/generate", posted({...plain, id: first + 3, voice_path: `${place}/nobody.wav`}));
await call("empty", "POST", "/generate", {headers});
await call("stop_one", "GET", `/generate/cancel?id=${first}`);
await call("stop_one_again", "GET", `/generation/cancel/?id=${first}`);
await call("stop_all", "GET", "/generate/cancel");
await call("nothing_to_stop", "POST", "/generate/cancel");
// fetch knows no Expect: 100-continue.
await call("expected", "POST", "/generate", {
    headers: {...headers, Cookie: cookie},
    body: JSON.stringify({...plain, id: first + 3}),
});
await call("stop_in_body", "POST", "/generate/cancel", posted({id: first + 3}));
await call("stop_all_again", "GET", "/generation/cancel/", {headers: {"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"}});
await call("wrong_method", "GET", "/generate");
await call("no_such_route", "GET", "/generated");
