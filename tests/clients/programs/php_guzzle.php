<?php
// What an LMS backend asks of the service, with Guzzle.
require '/usr/share/php/GuzzleHttp/autoload.php';

use GuzzleHttp\Client;
use GuzzleHttp\Psr7\PumpStream;

[, $url, $place, $first, $cookie] = $argv;
$first = (int) $first;

$client = new Client(['base_uri' => $url, 'http_errors' => false, 'timeout' => 60]);

function call(string $name, string $method, string $path, array $options = []): void
{
    global $client;
    $answer = $client->request($method, $path, $options);
    echo json_encode([
        'call' => $name,
        'status' => $answer->getStatusCode(),
        'envelope' => json_decode((string) $answer->getBody()),
    ]), "\n";
}

function lecture(int|string $id, string $folder, array $names): array
{
    return [
        'id' => $id,
        'face_path' => "$folder/$names[0]",
        'voice_path' => "$folder/$names[1]",
        'lecture_text_path' => "$folder/$names[2]",
        'generated_dir_path' => "$folder/out",
    ];
}

$names = ['face.jpg', 'voice.wav', 'lecture.txt'];
$russian = ['лицо.jpg', 'голос.wav', 'текст.txt'];
$lecture = lecture($first, $place, $names);
$raw = json_encode(lecture((string) ($first + 1), "$place/Лекция №7", $russian), JSON_UNESCAPED_UNICODE);
$escaped = str_split(json_encode(lecture($first + 2, "$place/Лекция №7", $russian)), 100);

call('ping', 'GET', '/ping');
call('start', 'POST', '/generate', ['json' => $lecture]);
call('again', 'POST', '/generate/', ['json' => $lecture]);
call('former', 'POST', '/generation/', [
    'body' => $raw,
    'headers' => ['Content-Type' => 'application/json', 'Accept-Language' => 'ru'],
]);
call('chunked', 'POST', '/generation', [
    'body' => new PumpStream(function () use (&$escaped) {
        return array_shift($escaped) ?? false;
    }),
    'headers' => ['Content-Type' => 'application/json'],
]);
call('status', 'GET', '/generate/status', ['query' => ['id' => $first]]);
call('conflict', 'POST', '/generate', ['json' => ['lecture_text_path' => "$place/other.txt"] + $lecture]);
call('incomplete', 'POST', '/generate', ['json' => ['id' => $first + 3], 'headers' => ['Accept-Language' => 'ru']]);
call('no_such_file', 'POST', '/generate', ['json' => ['id' => $first + 3, 'voice_path' => "$place/nobody.wav"] + $lecture]);
call('empty', 'POST', '/generate');
call('stop_one', 'GET', '/generate/cancel', ['query' => ['id' => $first]]);
call('stop_one_again', 'GET', '/generation/cancel/', ['query' => ['id' => $first]]);
call('stop_all', 'GET', '/generate/cancel');
call('nothing_to_stop', 'POST', '/generate/cancel');
call('expected', 'POST', '/generate', [
    'json' => ['id' => $first + 3] + $lecture,
    'expect' => true,
    'headers' => ['Cookie' => $cookie],
]);
call('stop_in_body', 'POST', '/generate/cancel', ['form_params' => ['id' => $first + 3]]);
call('stop_all_again', 'GET', '/generation/cancel/', ['headers' => ['Accept-Language' => 'ru-RU,ru;q=0.9,en;q=0.5']]);
call('wrong_method', 'GET', '/generate');
call('no_such_route', 'GET', '/generated');
