"""Folders of a run made by hand, so that every figure can be counted by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

PAIRS_HEAD = "row_a,row_b,record_id_a,record_id_b,probability,band,relation,reasons"
CLUSTERS_HEAD = "cluster_id,row,record_id,is_primary,probability"
# Seven records A to G; A, B, C are one entity, D and E are one, F and G are alone. Found were A with B, and D, E, F.
PAIRS = (
    "1,2,A,B,0.9991,auto,duplicate,name same",
    "2,3,B,C,0.8,review,duplicate,name similar",
    "4,5,D,E,0.995,auto,duplicate,name same",
    "5,6,E,F,0.994,auto,duplicate,phone same",
    "6,7,F,G,0.7,review,duplicate,place same",
    "1,7,A,G,0.9,veto,duplicate,name same; against: VAT id contradicts",
)
CLUSTERS = (
    "c1,1,A,true,0.9991",
    "c1,2,B,false,0.9991",
    "c2,4,D,true,0.995",
    "c2,5,E,false,0.995",
    "c2,6,F,false,0.994",
)
ENTITIES = "record_id;entity\nA;x\nB;x\nC;x\nD;y\nE;y\nF;f\nG;g\n"


def write_run(
    folder: Path,
    pairs: Sequence[str] = PAIRS,
    clusters: Sequence[str] = CLUSTERS,
    rows: Sequence[int] = (7,),
    heads: tuple[str, str] = (PAIRS_HEAD, CLUSTERS_HEAD),
    *,
    link: bool = False,
) -> Path:
    """Write the files of a run over exports of so many rows, called ``1.csv``, ``2.csv``, …; the exports are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"pairs.csv": (heads[0], *pairs), "duplicates.csv": (heads[1], *clusters)}
    hashes = {}
    for name, lines in files.items():
        content = "".join(f"{line}\n" for line in lines).encode()
        (folder / name).write_bytes(content)
        hashes[name] = {"name": name, "sha256": hashlib.sha256(content).hexdigest()}
    inputs = [
        {"name": f"{n}.csv", "path": f"gone/{n}.csv", "size_bytes": 1, "sha256": f"{n}" * 64, "rows": n_rows}
        for n, n_rows in enumerate(rows, start=1)
    ]
    manifest = {
        "schema_version": "1",
        "tool": {"name": "crmclean", "version": "0"},
        "command": "dedupe",
        "inputs": inputs,
        "settings": {"link": link},
        "files": hashes,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder
