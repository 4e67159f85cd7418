using System.Formats.Tar;
using System.Globalization;
using System.IO.Pipelines;

namespace AppStack.Ssh.Commands;

/// <summary>Copies files over sessions that run a small script of the POSIX shell, and for directories <c>tar</c>.</summary>
internal sealed class FileCopy(ISshClient client, SshEndpoint endpoint)
{
    // $1 path, $2 name to take in a directory, $3 mode, $4 size. The new content is put beside the file and takes its place in one step,
    // with the permissions of the file that it replaces; a connection that breaks leaves the old file as it was.
    private const string FileScript = """
        set -eu
        path=$1
        if [ -d "$path" ]; then
          if [ -z "$2" ]; then echo "'$path' is a directory; the path of a file is needed" >&2; exit 1; fi
          path=${path%/}/$2
        fi
        if [ -L "$path" ]; then path=$(readlink -f -- "$path"); fi
        case $path in */*) mkdir -p -- "${path%/*}/" ;; esac
        new=$path.new-$$
        trap 'rm -f -- "$new"' EXIT
        usual=$(umask)
        umask 077
        : > "$new"
        if [ -n "$3" ]; then chmod -- "$3" "$new"
        elif [ -e "$path" ]; then chown --reference="$path" -- "$new"; chmod --reference="$path" -- "$new"
        else umask "$usual"; chmod =rw "$new"
        fi
        cat > "$new"
        size=$(wc -c < "$new")
        if [ "$size" -ne "$4" ]; then echo "only $size of $4 bytes arrived" >&2; exit 1; fi
        mv -f -- "$new" "$path"
        """;

    private const string DirectoryScript = """
        set -eu
        mkdir -p -- "$1"
        exec tar -x -o -f - -C "$1"
        """;

    public Task RunAsync(SshUpload upload, IProgress<long>? progress, CancellationToken cancellationToken) => upload switch
    {
        { DirectoryPath: { } root } => CopyTreeAsync(TarPacker.Directory(root), upload.RemotePath, progress, cancellationToken),
        { Files: { } files } => CopyTreeAsync(TarPacker.Files(files), upload.RemotePath, progress, cancellationToken),
        _ => CopyFileAsync(upload, progress, cancellationToken),
    };

    private async Task CopyFileAsync(SshUpload upload, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await using var content = await OpenSeekableAsync(upload.Content!, cancellationToken);
        var mode = upload.Mode is { } bits ? Convert.ToString((int)bits, 8).PadLeft(4, '0') : "";
        var size = content.Length.ToString(CultureInfo.InvariantCulture);
        var command = ShellText.Script(FileScript, upload.RemotePath, upload.NameInDirectory ?? "", mode, size);
        await SendAsync(upload.RemotePath, command, SshInput.Of(() => new ProgressStream(content, progress)), cancellationToken);
    }

    private async Task CopyTreeAsync(
        Func<TarWriter, CancellationToken, Task> pack, string remotePath, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        var packing = PackAsync(pack, pipe.Writer, cancellationToken);
        var input = SshInput.Of(() => new ProgressStream(pipe.Reader.AsStream(), progress));
        try
        {
            await SendAsync(remotePath, ShellText.Script(DirectoryScript, remotePath), input, cancellationToken);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await packing;
        }
    }

    private async Task SendAsync(string remotePath, string script, SshInput input, CancellationToken cancellationToken)
    {
        var result = await client.RunAsync(endpoint, new SshCommand(script) { Stdin = input }, cancellationToken);
        result.EnsureSuccess($"Writing {remotePath} on {endpoint.DisplayName}");
    }

    private static async Task<Stream> OpenSeekableAsync(SshInput input, CancellationToken cancellationToken)
    {
        var stream = await input.OpenAsync(cancellationToken);
        if (stream.CanSeek)
        {
            return stream;
        }

        // The size is needed beforehand, because a broken connection looks like the end of the input to the node.
        await using (stream)
        {
            var copy = new MemoryStream();
            await stream.CopyToAsync(copy, cancellationToken);
            copy.Position = 0;
            return copy;
        }
    }

    private static async Task PackAsync(Func<TarWriter, CancellationToken, Task> pack, PipeWriter output, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await using var writer = new TarWriter(output.AsStream(leaveOpen: true), TarEntryFormat.Pax, leaveOpen: false);
            await pack(writer, cancellationToken);
        }
        catch (Exception exception)
        {
            // Whoever reads the other end of the pipe gets it.
            failure = exception;
        }

        await output.CompleteAsync(failure);
    }
}
