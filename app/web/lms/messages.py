"""Sentences for people, in English and Russian.

Programs go by ``code``; these are for whoever reads a log or a screen.  The Russian
sentences of the former service are kept to the letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "ru"]

SENTENCES: Mapping[str, Mapping[Language, str]] = {
    "started": {"en": "Generation started", "ru": "Процесс запущен"},
    "started_with_caution": {
        "en": "Generation started. Please note: {}",
        "ru": "Процесс запущен. Обратите внимание: {}",
    },
    "already": {
        "en": "This lecture is already being generated, or done",
        "ru": "Эта лекция уже генерируется или готова",
    },
    "stopped": {"en": "Generation stopped", "ru": "Генерация остановлена"},
    "nothing_to_stop": {
        "en": "There was no generation to stop",
        "ru": "Не удалось остановить генерацию",
    },
    "pong": {"en": "Pong", "ru": "Pong"},
    "status": {"en": "State of the lecture", "ru": "Состояние лекции"},
    "bad_input": {"en": "Invalid data: {}", "ru": "Переданы неверные данные: {}"},
    "job_not_found": {"en": "No such lecture: {}", "ru": "Нет такой лекции: {}"},
    "job_conflict": {
        "en": "Generation is already running: {}",
        "ru": "Генерация уже запущена. Дождитесь её завершения или отмените: {}",
    },
    "store_unavailable": {
        "en": "The service cannot reach its job database; please try again later",
        "ru": "Сервис не может обратиться к базе заданий; повторите позже",
    },
    "busy": {"en": "The service is busy: {}", "ru": "Сервис занят: {}"},
    "disk_full": {"en": "Disk full: {}", "ru": "Нет места на диске: {}"},
    "engine_failed": {"en": "The engine failed: {}", "ru": "Ошибка движка: {}"},
    "engine_unavailable": {"en": "Engine unavailable: {}", "ru": "Движок недоступен: {}"},
    "media_failed": {"en": "Media processing failed: {}", "ru": "Ошибка обработки медиа: {}"},
    "internal": {"en": "Internal error", "ru": "Внутренняя ошибка"},
    "http": {"en": "{}", "ru": "Ошибка HTTP: {}"},
    "malformed_json": {"en": "The body is not valid JSON", "ru": "Тело запроса не является JSON"},
    "malformed_form": {
        "en": "The body is not a form that can be read",
        "ru": "Тело запроса не является формой, которую можно прочитать",
    },
    "not_an_object": {
        "en": "The body must be a JSON object that names the four paths and the id",
        "ru": "Тело запроса должно быть объектом JSON с четырьмя путями и id",
    },
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
    "not_json": {
        "en": "Send the body as application/json",
        "ru": "Передайте тело запроса как application/json",
    },
}


def sentence(key: str, language: Language, detail: str = "") -> str:
    """The sentence of that key, with the detail where it has a place for one.

    >>> sentence("bad_input", "ru", "id: Field required")
    'Переданы неверные данные: id: Field required'
    """
    return SENTENCES[key][language].format(detail)
