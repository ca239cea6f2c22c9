"""What kind of problem it is, in a few words, in English and Russian.

Programs go by ``code``; these are for whoever reads a log or a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from werkzeug.datastructures import LanguageAccept

Language = Literal["en", "ru"]

TITLES: Mapping[str, Mapping[Language, str]] = {
    "bad_input": {"en": "Invalid data", "ru": "Неверные данные"},
    "malformed_json": {"en": "The body is no JSON", "ru": "Тело запроса не является JSON"},
    "malformed_form": {"en": "The form cannot be read", "ru": "Форма не читается"},
    "bad_path": {"en": "A file cannot be used", "ru": "Файл нельзя использовать"},
    "bad_lecture_text": {
        "en": "The lecture text cannot be used",
        "ru": "Текст лекции нельзя использовать",
    },
    "bad_voice_sample": {
        "en": "The voice sample cannot be used",
        "ru": "Образец голоса нельзя использовать",
    },
    "bad_recording": {
        "en": "The recording cannot be used",
        "ru": "Запись нельзя использовать",
    },
    "bad_source_image": {
        "en": "The picture cannot be used",
        "ru": "Изображение нельзя использовать",
    },
    "no_face": {"en": "No face was found", "ru": "Лицо не найдено"},
    "several_faces": {"en": "Several faces were found", "ru": "Найдено несколько лиц"},
    "bad_language": {"en": "The language cannot be spoken", "ru": "Язык не поддерживается"},
    "bad_request": {"en": "Malformed request", "ru": "Неверный запрос"},
    "unauthenticated": {"en": "A valid key is needed", "ru": "Нужен действующий ключ"},
    "forbidden": {"en": "The key does not allow this", "ru": "Ключ этого не разрешает"},
    "cross_site": {
        "en": "Refused: the request comes from a web page of another site",
        "ru": "Отказано: запрос исходит от страницы другого сайта",
    },
    "foreign_host": {
        "en": "Refused: the service is not known by the name in Host; see server.hosts",
        "ru": "Отказано: имя в Host не принадлежит сервису; см. server.hosts",
    },
    "prefetch": {
        "en": "Refused: nothing is done before it is asked for",
        "ru": "Отказано: ничего не выполняется заранее",
    },
    "not_found": {"en": "There is no such thing", "ru": "Ничего не найдено"},
    "job_not_found": {"en": "There is no such lecture", "ru": "Такой лекции нет"},
    "method_not_allowed": {"en": "Another method is needed", "ru": "Нужен другой метод"},
    "conflict": {
        "en": "It does not go with what is there",
        "ru": "Это противоречит текущему состоянию",
    },
    "in_use": {"en": "Something else needs it", "ru": "Это ещё используется"},
    "job_conflict": {"en": "The lecture is being made", "ru": "Лекция генерируется"},
    "precondition_failed": {
        "en": "It has changed meanwhile",
        "ru": "За это время всё изменилось",
    },
    "tus_version": {
        "en": "Another version of the tus protocol is spoken here",
        "ru": "Здесь используется другая версия протокола tus",
    },
    "checksum_mismatch": {
        "en": "The bytes are not those of the checksum",
        "ru": "Контрольная сумма не совпадает",
    },
    "range_not_satisfiable": {
        "en": "The file has no such part",
        "ru": "В файле нет такой части",
    },
    "body_too_large": {"en": "The body is too large", "ru": "Тело запроса слишком велико"},
    "request_timeout": {
        "en": "The request did not arrive in time",
        "ru": "Запрос не пришёл вовремя",
    },
    "uri_too_long": {"en": "The address is too long", "ru": "Адрес слишком длинный"},
    "headers_too_large": {
        "en": "The header fields are too large",
        "ru": "Заголовки запроса слишком велики",
    },
    "encoded_body": {
        "en": "Compressed bodies are not read",
        "ru": "Сжатые тела запросов не читаются",
    },
    "expectation_failed": {
        "en": "The expectation cannot be met",
        "ru": "Ожидание не может быть выполнено",
    },
    "not_implemented": {"en": "Not served here", "ru": "Здесь не поддерживается"},
    "http_version": {
        "en": "Another version of HTTP is needed",
        "ru": "Нужна другая версия HTTP",
    },
    "unsupported_media_type": {
        "en": "The body is of a kind that is not taken here",
        "ru": "Тело запроса такого типа здесь не принимается",
    },
    "idempotency_key_reused": {
        "en": "The Idempotency-Key was used for another request",
        "ru": "Idempotency-Key уже использован для другого запроса",
    },
    "too_many_requests": {"en": "Too many requests", "ru": "Слишком много запросов"},
    "quota_exceeded": {"en": "The quota is used up", "ru": "Квота исчерпана"},
    "internal": {"en": "Internal error", "ru": "Внутренняя ошибка"},
    "busy": {"en": "The service is busy", "ru": "Сервис занят"},
    "store_unavailable": {
        "en": "The job database does not work at the moment",
        "ru": "База заданий сейчас недоступна",
    },
    "disk_full": {"en": "Disk full", "ru": "Нет места на диске"},
    "engine_failed": {"en": "The engine failed", "ru": "Ошибка движка"},
    "engine_unavailable": {"en": "Engine unavailable", "ru": "Движок недоступен"},
    "media_failed": {"en": "Media processing failed", "ru": "Ошибка обработки медиа"},
}


def preferred_language(accepted: LanguageAccept) -> Language:
    """What the caller reads best; English unless Russian is preferred."""
    return "ru" if accepted.best_match(["en", "ru"]) == "ru" else "en"
