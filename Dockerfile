# One image for every process: web, worker, scheduler, migrate. Which one it is, the command says.
# It holds exactly the packages of requirements.lock, the same that every test ran with.

FROM python:3.13-slim AS packages
WORKDIR /app
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /uv \
    && /uv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements-uv.lock \
    && /uv/bin/uv venv --python /usr/local/bin/python /app/.venv \
    && /uv/bin/uv pip sync --no-cache --require-hashes --compile-bytecode --python /app/.venv/bin/python requirements.lock

FROM node:24-slim AS app
WORKDIR /app/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM python:3.13-slim
# A number and not a name, so that an orchestrator can see that it is not root.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin carreau \
    && install -d -o carreau -g carreau -m 0700 /var/lib/carreau
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY backend backend
COPY migrations migrations
COPY templates templates
COPY --from=app /app/frontend/dist frontend/dist
RUN .venv/bin/python -m compileall -q backend migrations
ENV PATH=/app/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    CARREAU_ENVIRONMENT=production \
    CARREAU_DATA=/var/lib/carreau
USER 10001:10001
VOLUME /var/lib/carreau
EXPOSE 8000
ENTRYPOINT ["python", "-P", "-m", "backend"]
CMD ["serve"]
