using AppStack.Engine.Model.Providers;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary>Words what SSH tells for the engine.</summary>
internal static class RemoteFailure
{
    public static ProviderException Describe(SshException exception, Func<string, string> mask) =>
        exception.OutcomeUnknown
            ? ProviderException.Unknown(mask(exception.Message), exception)
            : new ProviderException(mask(exception.Message), exception);
}
