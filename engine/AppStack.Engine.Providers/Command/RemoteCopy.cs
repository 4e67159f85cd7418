using System.Globalization;
using AppStack.Engine.Model.Providers;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary>Copies to a node within a time limit, and tells how far it is.</summary>
internal static class RemoteCopy
{
    private const long Mebibyte = 1024 * 1024;

    public static async Task RunAsync(
        RemoteNodes nodes, SshEndpoint endpoint, SshUpload upload, TimeSpan? timeout, IOperationLog log, CancellationToken cancellationToken)
    {
        try
        {
            var spent = await nodes.ConnectAsync(endpoint, timeout, cancellationToken);
            using var limit = new CancellationTokenSource(timeout - spent ?? Timeout.InfiniteTimeSpan, nodes.TimeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await nodes.Ssh.UploadAsync(endpoint, upload, new Progress(log), either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw ProviderException.Unknown($"Copying to {upload.RemotePath} on {endpoint.DisplayName} took longer than {timeout!.Value.TotalSeconds:0.###} s.", exception);
        }
        catch (SshException exception)
        {
            throw RemoteFailure.Describe(exception, static message => message);
        }
        catch (Exception exception) when (exception is SshCommandException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            throw new ProviderException($"Copying to {upload.RemotePath} on {endpoint.DisplayName} failed: {exception.Message}", exception);
        }
    }

    private sealed class Progress(IOperationLog log) : IProgress<long>
    {
        private long _told;

        public void Report(long value)
        {
            // Small files are there before anybody could read it.
            if (value / Mebibyte > _told)
            {
                _told = value / Mebibyte;
                log.Status($"copied {_told.ToString(CultureInfo.InvariantCulture)} MiB");
            }
        }
    }
}
