using System.Globalization;

namespace AppStack.Components.Certificates;

/// <summary>The shell commands that call openssl; secrets go in by standard input and out by standard output.</summary>
internal static class CertificateScripts
{
    private const string Begin = "set -eu; umask 077; work=$(mktemp -d); trap 'rm -rf \"$work\"' EXIT; cd \"$work\"; ";
    private const string NewKey = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out new.key; ";

    /// <summary>A new authority: its key and its certificate, valid for ten years.</summary>
    public const string Authority = Begin + NewKey
        + "openssl req -x509 -new -key new.key -sha256 -days 3650 -subj \"$SUBJECT\" "
        + "-addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign -out new.crt; "
        + "cat new.key new.crt";

    /// <summary>A certificate of the authority that comes on standard input.</summary>
    public static string Issue { get; } = Begin + "cat >ca.pem; " + NewKey
        + "printf 'basicConstraints=critical,CA:FALSE\\nkeyUsage=critical,digitalSignature\\nextendedKeyUsage=serverAuth,clientAuth\\nsubjectAltName=%s\\n' \"$NAMES\" >ext; "
        + "openssl req -new -key new.key -sha256 -subj \"$SUBJECT\" -out new.csr; "
        + "openssl x509 -req -in new.csr -CA ca.pem -CAkey ca.pem -set_serial 0x$(openssl rand -hex 16) -sha256 "
        + string.Create(CultureInfo.InvariantCulture, $"-days {CertificatePeriod.ValidDays} -extfile ext -out new.crt 2>/dev/null; ")
        + "cat new.key new.crt";
}
