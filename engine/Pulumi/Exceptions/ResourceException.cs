namespace Pulumi;

/// <summary>Ends the run with a message about one resource.</summary>
public class ResourceException : Exception
{
    /// <summary>Ends the run.</summary>
    /// <param name="message">What is wrong and how to fix it.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="hideStack">Whether only the message is shown.</param>
    public ResourceException(string message, Resource? resource, bool hideStack = false)
        : base(message)
    {
        Resource = resource;
        HideStack = hideStack;
    }

    internal Resource? Resource { get; }

    internal bool HideStack { get; }
}
