namespace Pulumi;

/// <summary>A message could not be logged.</summary>
public class LogException : Exception
{
    /// <summary>A message could not be logged.</summary>
    /// <param name="exception">The cause.</param>
    public LogException(Exception exception)
        : base("Error occurred during logging", exception)
    {
    }
}
