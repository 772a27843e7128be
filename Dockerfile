# Built offline from wheels. Fetch them once, where there is a network, on the platform of the image:
#
#   pip wheel --constraint constraints.txt --wheel-dir wheels '.[office,review]'
#   docker build --network none --tag hexapla .
#   docker run --rm --network none --user "$(id -u)" --volume "$PWD:/texts" hexapla report a.txt b.txt
FROM python:3.11-slim

COPY wheels /wheels
# Versions are those of the wheels.
# hadolint ignore=DL3013
RUN pip install --no-cache-dir --no-index --find-links /wheels 'hexapla[office,review]' && rm -rf /wheels

ENV HEXAPLA_CACHE="" PYTHONDONTWRITEBYTECODE=1
WORKDIR /texts
USER 65534:65534
ENTRYPOINT ["hexapla"]
CMD ["--help"]
