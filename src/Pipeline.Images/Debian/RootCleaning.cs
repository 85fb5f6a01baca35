namespace Pipeline.Images.Debian;

/// <summary>Takes out of an installed system what is of the day, of this machine, or of no use in a container.</summary>
internal static class RootCleaning
{
    /// <summary>A shell script to be run inside, as the last. Licences stay, and so does the list of packages: what is in an image must be seen.</summary>
    public const string Script = """
        rm -f /etc/resolv.conf /etc/hostname /etc/apt/sources.list /usr/sbin/policy-rc.d /etc/.pwd.lock /etc/passwd- /etc/shadow- /etc/group- /etc/gshadow- /etc/subuid- /etc/subgid-
        rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/* /var/cache/ldconfig/* /var/cache/fontconfig/* /var/cache/man/* /var/log/* /var/lib/dpkg/*-old /var/lib/dbus/machine-id
        rm -rf /var/lib/systemd/random-seed /var/lib/systemd/catalog/database /etc/ssh/ssh_host_* /etc/ssl/private/ssl-cert-snakeoil.key /etc/ssl/certs/ssl-cert-snakeoil.pem
        rm -rf /usr/share/man/* /usr/share/info/* /usr/share/locale/* /usr/share/lintian /usr/share/linda /usr/share/bug /debootstrap /root/.cache /root/.wget-hsts
        find /usr/share/doc -type f ! -name copyright -delete
        find /usr/share/doc -type l ! -name copyright -delete
        find /usr/share/doc -depth -type d -empty -delete
        find /usr -depth -type d -name __pycache__ -exec rm -rf {} +
        find /tmp /var/tmp -mindepth 1 -delete
        find /run -type f -delete
        : > /etc/machine-id
        find /etc/ssl/certs -xtype l -delete
        """;
}
