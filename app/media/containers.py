"""Which files of others ffmpeg may open, and what it may decode in them.

ffmpeg knows some 300 formats.  Only those are allowed here in which people record sound and
that lie in one file.  What opens further files or an address (hls, dash, concat, imf, sdp, rtsp,
image sequences, discs), runs a script or draws text is left out, so a playlist that is called
``voice.wav`` is refused at its header.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Container:
    """A format of files with sound in them."""

    demuxers: str
    """Those of ffmpeg that read it, separated by commas."""
    name: str
    """As people call it."""


CONTAINERS = (
    Container("wav", "WAV"),
    Container("w64", "Wave64"),
    Container("aiff", "AIFF"),
    Container("au", "AU"),
    Container("caf", "CAF"),
    Container("flac", "FLAC"),
    Container("mp3", "MP3"),
    Container("aac", "AAC"),
    Container("loas", "LATM"),
    Container("ogg", "Ogg (Vorbis, Opus, Speex)"),
    Container("matroska,webm", "Matroska, WebM"),
    Container("mov,mp4,m4a,3gp,3g2,mj2", "MP4, M4A, MOV, 3GP"),
    Container("avi", "AVI"),
    Container("mpegts", "MPEG-TS (MTS, M2TS)"),
    Container("mpeg", "MPEG-PS (MPG, VOB)"),
    Container("asf", "ASF (WMA, WMV)"),
    Container("flv", "FLV"),
    Container("rm", "RealMedia"),
    Container("mxf", "MXF"),
    Container("dv", "DV"),
    Container("wtv", "WTV"),
    Container("nut", "NUT"),
    Container("amr", "AMR"),
    Container("ac3,eac3", "AC-3"),
    Container("dts,dtshd", "DTS"),
    Container("truehd", "TrueHD"),
    Container("ape", "Monkey's Audio"),
    Container("wv", "WavPack"),
    Container("tta", "True Audio"),
    Container("tak", "TAK"),
    Container("shn", "Shorten"),
    Container("mpc,mpc8", "Musepack"),
    Container("oma", "OpenMG (ATRAC)"),
    Container("dsf", "DSF"),
    Container("dss", "DSS dictation"),
    Container("qcp", "QCP"),
    Container("act", "ACT voice recorder"),
    Container("mmf", "SMAF"),
    Container("voc", "Creative VOC"),
    Container("iff", "IFF (8SVX)"),
    Container("ircam", "IRCAM"),
    Container("nistsphere", "NIST SPHERE"),
    Container("sox", "SoX"),
    Container("avr", "AVR"),
    Container("pvf", "PVF"),
)

SOUND_FORMATS = ",".join(container.demuxers for container in CONTAINERS)

SOUND_CODECS = (
    "aac,aac_fixed,aac_latm,alac,mp1,mp1float,mp2,mp2float,mp3,mp3float,flac,vorbis,libvorbis,opus,"
    "libopus,speex,ac3,ac3_fixed,eac3,dca,mlp,truehd,ape,wavpack,tta,tak,shorten,als,mpc7,mpc8,"
    "wmav1,wmav2,wmapro,wmalossless,wmavoice,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,gsm,"
    "gsm_ms,g722,g723_1,g726,g726le,g728,g729,ilbc,qcelp,evrc,dss_sp,truespeech,msnsiren,siren,sipr,"
    "cook,real_144,real_288,ralf,atrac1,atrac3,atrac3al,atrac3plus,atrac3plusal,"
    "nellymoser,qdm2,qdmc,mace3,mace6,imc,dsd_lsbf,dsd_msbf,dsd_lsbf_planar,dsd_msbf_planar,8svx_exp,"
    "8svx_fib,dvaudio,s302m,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,"
    "adpcm_yamaha,adpcm_swf,adpcm_ct,adpcm_sbpro_2,adpcm_sbpro_3,adpcm_sbpro_4,pcm_alaw,pcm_mulaw,"
    "pcm_bluray,pcm_dvd,pcm_u8,pcm_s8,pcm_s8_planar,pcm_u16le,pcm_u16be,pcm_s16le,pcm_s16be,"
    "pcm_s16le_planar,pcm_s16be_planar,pcm_u24le,pcm_u24be,pcm_s24le,pcm_s24be,pcm_s24le_planar,"
    "pcm_u32le,pcm_u32be,pcm_s32le,pcm_s32be,pcm_s32le_planar,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be"
)
"""Decoders that a foreign file may use; no picture decoder, so cover art is never decoded."""

FOREIGN_CPU_SECONDS = 120
"""Of computing that ffmpeg gets for a foreign file: an hour of a recording takes 1 to 8."""

FOREIGN: dict[str, str] = {
    "protocol_whitelist": "file,pipe",
    "format_whitelist": SOUND_FORMATS,
    "codec_whitelist": SOUND_CODECS,
}
"""Input options for a sound file that somebody else made."""
