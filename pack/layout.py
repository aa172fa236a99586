"""An OCI image layout: index.json, oci-layout, blobs/sha256. Manifests are Docker's v2 schema 2, for engines of 2021."""

import json
import os
import time

from layer import EPOCH, digest

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"
STAND_IN = "dev.dermaga.stand-in"


class Layout:
    def __init__(self, root):
        self.root = root
        self.entries = []
        os.makedirs(os.path.join(root, "blobs", "sha256"))

    def blob(self, data):
        name = digest(data)
        path = os.path.join(self.root, "blobs", "sha256", name.removeprefix("sha256:"))
        if not os.path.exists(path):
            with open(path, "wb") as out:
                out.write(data)
        return {"size": len(data), "digest": name}

    def layer(self, layer):
        """Packs a layer: (its descriptor, its diff id, its unpacked size)."""
        tar, packed = layer.pack()
        return {"mediaType": LAYER, **self.blob(packed)}, digest(tar), len(tar)

    def image(self, names, layers, history, config, created=EPOCH, stand_in=None):
        """Adds an image under its full names. `history` has one text a layer, then those of the empty steps."""
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(created))
        if stand_in:
            config = {**config, "Labels": {**config.get("Labels", {}), STAND_IN: stand_in}}
        steps = [{"created": when, "created_by": step} for step in history]
        for step in steps[len(layers) :]:
            step["empty_layer"] = True
        image = {
            "architecture": "amd64", "os": "linux", "created": when, "config": config, "history": steps,
            "rootfs": {"type": "layers", "diff_ids": [diff_id for _, diff_id, _ in layers]},
        }  # fmt: skip
        manifest = {
            "schemaVersion": 2, "mediaType": MANIFEST, "config": {"mediaType": CONFIG, **self.blob(_json(image))},
            "layers": [descriptor for descriptor, _, _ in layers],
        }  # fmt: skip
        descriptor = {"mediaType": MANIFEST, **self.blob(_json(manifest))}
        for name in names:
            self.entries.append({**descriptor, "annotations": {"org.opencontainers.image.ref.name": name}})

    def finish(self):
        self._write("index.json", {"schemaVersion": 2, "manifests": self.entries})
        self._write("oci-layout", {"imageLayoutVersion": "1.0.0"})

    def _write(self, name, value):
        with open(os.path.join(self.root, name), "wb") as out:
            out.write(_json(value))


def _json(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
