namespace Pipeline.Images.Recipes;

/// <summary>The first program in the container of a PostgreSQL, written after what the official image documents.</summary>
internal static class PostgresEntrypoint
{
    /// <summary>
    /// Makes the database on the first start and then becomes the server. Making it happens in a folder <c>.initialising</c> inside of PGDATA, and that folder goes
    /// last: a start that was interrupted anywhere is begun again by the next one, where the official image leaves a half-made database.
    /// </summary>
    public const string Script = """
        #!/bin/bash
        # POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB (each also as NAME_FILE), POSTGRES_INITDB_ARGS, POSTGRES_HOST_AUTH_METHOD, PGDATA.
        set -euo pipefail

        fail() { echo "docker-entrypoint: $*" >&2; exit 1; }

        setting() { # setting NAME DEFAULT: from NAME or from the file that NAME_FILE names
          local name=$1 file="${1}_FILE" value=${2-}
          [ -z "${!name-}" ] || [ -z "${!file-}" ] || fail "$name and $file are both set; set one"
          if [ -n "${!name-}" ]; then
            value=${!name}
          elif [ -n "${!file-}" ]; then
            [ -r "${!file}" ] || fail "$file names ${!file}, which cannot be read"
            value=$(<"${!file}")
          fi
          printf -v "$name" '%s' "$value"
          unset "$file"
        }

        sql() { # sql DATABASE [ARGUMENT…]: on the server that only this script reaches
          local database=$1; shift
          psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --host "$sockets" --username "$POSTGRES_USER" --dbname "$database" "$@"
        }

        initialise() {
          local new="$PGDATA/.initialising" method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256} file
          [ -n "$POSTGRES_PASSWORD" ] || [ "$method" = trust ] || fail "POSTGRES_PASSWORD is empty; pass POSTGRES_PASSWORD_FILE with the password of $POSTGRES_USER"
          if [ -e "$new" ]; then
            echo "docker-entrypoint: the first start was interrupted; beginning again"
            find "$PGDATA" -mindepth 1 -maxdepth 1 ! -name lost+found -exec rm -rf {} +
          elif [ -n "$(find "$PGDATA" -mindepth 1 -maxdepth 1 ! -name lost+found -print -quit)" ]; then
            fail "$PGDATA has files in it and is no database; mount another volume, or set PGDATA to a folder inside of it"
          fi
          mkdir -m 0700 "$new"
          sockets=$(mktemp -d)
          # shellcheck disable=SC2086
          initdb --pgdata "$new" --username "$POSTGRES_USER" --pwfile <(printf '%s\n' "${POSTGRES_PASSWORD:-unused}") --auth-local=trust --auth-host="$method" ${POSTGRES_INITDB_ARGS-}
          printf '\nhost all all all %s\n' "$method" >> "$new/pg_hba.conf"
          printf "\nlisten_addresses = '*'\n" >> "$new/postgresql.conf"
          pg_ctl --pgdata "$new" --options "-c listen_addresses='' -c unix_socket_directories='$sockets'" --wait start
          if [ "$POSTGRES_DB" != postgres ]; then
            printf 'create database :"name";\n' | sql postgres --set name="$POSTGRES_DB"
          fi
          for file in /docker-entrypoint-initdb.d/*; do
            case $file in
              *.sh) echo "docker-entrypoint: running $file"; PGHOST=$sockets bash "$file" ;;
              *.sql) echo "docker-entrypoint: running $file"; sql "$POSTGRES_DB" --file "$file" ;;
              *.sql.gz) echo "docker-entrypoint: running $file"; gunzip --stdout "$file" | sql "$POSTGRES_DB" ;;
            esac
          done
          pg_ctl --pgdata "$new" --mode fast --wait stop
          rm -rf "$sockets"
          find "$new" -mindepth 1 -maxdepth 1 -exec mv -t "$PGDATA" {} +
          sync
          rmdir "$new"
          echo "docker-entrypoint: database $POSTGRES_DB of $POSTGRES_USER is made"
        }

        [ "${1:0:1}" != - ] || set -- postgres "$@"
        if [ "${1-}" = postgres ]; then
          if [ "$(id -u)" = 0 ]; then
            mkdir -p "$PGDATA" /var/run/postgresql
            find "$PGDATA" ! -user postgres -exec chown --no-dereference postgres:postgres {} +
            chown postgres:postgres /var/run/postgresql
            exec setpriv --reuid=postgres --regid=postgres --init-groups --inh-caps=-all -- "$0" "$@"
          fi
          mkdir -p "$PGDATA"
          chmod 0700 "$PGDATA" || fail "$PGDATA belongs to another user than $(id -u); mount a volume that this user owns"
          setting POSTGRES_PASSWORD
          setting POSTGRES_USER postgres
          setting POSTGRES_DB "$POSTGRES_USER"
          export POSTGRES_USER POSTGRES_DB
          if [ ! -s "$PGDATA/PG_VERSION" ] || [ -e "$PGDATA/.initialising" ]; then
            initialise
          fi
          found=$(<"$PGDATA/PG_VERSION")
          [ "$found" = "$PG_MAJOR" ] || fail "$PGDATA holds a database of PostgreSQL $found, and this is $PG_MAJOR; start an image of $found, or upgrade the data with pg_upgrade"
          unset POSTGRES_PASSWORD
        fi
        exec "$@"

        """;
}
