"""What an LMS backend asks of the service, with requests: one session for all calls."""

import json
import sys
from typing import Any

import requests

url, place, first_id, cookie = sys.argv[1:]
first = int(first_id)

session = requests.Session()
session.trust_env = False  # no proxy of this machine


def call(name: str, method: str, path: str, **options: Any) -> None:
    answer = session.request(method, url + path, timeout=60, **options)
    print(json.dumps({"call": name, "status": answer.status_code, "envelope": answer.json()}))


def lecture(number: Any, folder: str, names: tuple[str, str, str]) -> dict[str, Any]:
    face, voice, text = names
    return {
        "id": number,
        "face_path": f"{folder}/{face}",
        "voice_path": f"{folder}/{voice}",
        "lecture_text_path": f"{folder}/{text}",
        "generated_dir_path": f"{folder}/out",
    }


russian = ("лицо.jpg", "голос.wav", "текст.txt")
plain = lecture(first, place, ("face.jpg", "voice.wav", "lecture.txt"))
as_json = {"Content-Type": "application/json"}
raw = json.dumps(lecture(str(first + 1), f"{place}/Лекция №7", russian), ensure_ascii=False)
escaped = json.dumps(lecture(first + 2, f"{place}/Лекция №7", russian)).encode()

call("ping", "GET", "/ping")
call("start", "POST", "/generate", json=plain)
call("again", "POST", "/generate/", json=plain)
call(
    "former",
    "POST",
    "/generation/",
    data=raw.encode(),
    headers={**as_json, "Accept-Language": "ru"},
)
call(
    "chunked",
    "POST",
    "/generation",
    data=(escaped[at : at + 100] for at in range(0, len(escaped), 100)),
    headers=as_json,
)
call("status", "GET", "/generate/status", params={"id": first})
call("conflict", "POST", "/generate", json={**plain, "lecture_text_path": f"{place}/other.txt"})
call("incomplete", "POST", "/generate", json={"id": first + 3}, headers={"Accept-Language": "ru"})
call(
    "no_such_file",
    "POST",
    "/generate",
    json={**plain, "id": first + 3, "voice_path": f"{place}/nobody.wav"},
)
call("empty", "POST", "/generate", headers=as_json)
call("stop_one", "GET", "/generate/cancel", params={"id": first})
call("stop_one_again", "GET", "/generation/cancel/", params={"id": first})
call("stop_all", "GET", "/generate/cancel")
call("nothing_to_stop", "POST", "/generate/cancel")
call(
    "expected",
    "POST",
    "/generate",
    json={**plain, "id": first + 3},
    headers={"Expect": "100-continue", "Cookie": cookie},
)
call("stop_in_body", "POST", "/generate/cancel", data={"id": first + 3})
call(
    "stop_all_again",
    "GET",
    "/generation/cancel/",
    headers={"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"},
)
call("wrong_method", "GET", "/generate")
call("no_such_route", "GET", "/generated")
